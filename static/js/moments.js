// 2020. 12. 30. 14:03, as papers write it.
export function moment(time) {
  const made = new Date(time);
  const two = (number) => String(number).padStart(2, "0");
  return `${made.getFullYear()}. ${made.getMonth() + 1}. ${made.getDate()}. ${two(made.getHours())}:${two(made.getMinutes())}`;
}
