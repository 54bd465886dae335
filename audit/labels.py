"""The words of the history for people: what the bare verbs and keys of the events mean in Korean."""

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

ACTIONS = {
    # accounts
    "sign_in": "로그인",
    "fail_sign_in": "로그인 실패",
    "sign_out": "로그아웃",
    "end_session": "오래 쓰지 않아 접속 종료",
    "end_sessions": "모든 접속 종료",
    "change_password": "비밀번호 변경",
    "issue_password": "임시 비밀번호 발급",
    "drop_second_factor": "2단계 인증 해제",
    "change_role": "역할 변경",
    "enable": "사용자 사용",
    "disable": "사용자 사용 중지",
    # everywhere
    "add": "추가",
    "create": "만들기",
    "change": "변경",
    "remove": "삭제",
    "take_back": "되돌리기",
    "discard": "버리기",
    "import": "엑셀 올리기",
    "export": "엑셀 내려받기",
    "view": "열람",
    "print": "인쇄",
    "download": "내려받기",
    "publish": "확정",
    "copy": "복사",
    "retire": "더 쓰지 않음",
    # inspections
    "plan": "점검 계획",
    "change_plan": "점검 계획 변경",
    "start": "점검 시작",
    "complete": "점검 완료",
    "finish": "점검 완료",
    "reopen": "점검 다시 열기",
    "exclude": "점검 제외",
    "mark_not_done": "점검 미실시",
    "restore": "제외·미실시 취소",
    "give_up": "점검 미실시",
    "replan": "다시 계획",
    "add_visit": "방문 추가",
    "change_visit": "방문 변경",
    "postpone": "방문 연기",
    "withdraw_visit": "방문 취소",
    "add_member": "점검반원 추가",
    "change_member": "점검반원 변경",
    "remove_member": "점검반원 제외",
    "move_member": "점검반원 순서 변경",
    "answer": "점검표 저장",
    "exempt": "지표 해당사항 없음",
    "unexempt": "지표 해당사항 없음 취소",
    "add_evidence": "증빙 추가",
    "change_evidence": "증빙 변경",
    "take_back_evidence": "증빙 빼기",
    "add_line": "줄 추가",
    "save_line": "줄 고침",
    "move_line": "줄 옮김",
    "delete_line": "줄 지움",
    "restore_line": "지운 줄 되살림",
    "add_action": "조치사항 추가",
    "save_action": "조치사항 변경",
    "delete_action": "조치사항 삭제",
    "reported": "조치 이행 보고",  # how it was called before there were reports as rows
    "verified": "조치 확인 완료",
    # follow_up
    "report_action": "조치결과 보고",
    "verify_action": "조치 확인",
    "send_back_action": "보완 요구",
    "object_action": "이의 제기",
    "uphold_action": "이의 수용",
    "dismiss_action": "이의 기각",
    "accept_until_action": "조치 미루어 줌",
    "extend_action": "조치 기한 변경",
    "withdraw_action": "조치 요구 취소",
    "reopen_action": "조치 다시 열기",
    "wake_action": "미룬 조치 다시 요구",
    "tell_action": "조치 요구 알림",
    "check_action": "지난 조치 확인",
    "add_papers": "요구 자료 적음",
    "remove_paper": "요구 자료 지움",
    "ask_papers": "자료 요구",
    "send_paper": "자료 제출",
    "judge_paper": "제출 자료 확인",
    "create_statement": "확인서 만듦",
    "edit_statement": "확인서 고침",
    "discard_statement": "확인서 지움",
    "sign_statement": "확인서 서명",
    "wish": "연기·점검자 변경 신청",
    "answer_wish": "신청에 답함",
    "hand_over": "담당자 바꿈",
    "receive": "문서 받음",
    "invite": "수탁기관 사용자 초대",
    "pay": "납부",
    "take_back_payment": "납부 되돌림",
    "add_disposition": "처분 추가",
    "save_disposition": "처분 고침",
    "delete_disposition": "처분 삭제",
    "notify_disposition": "처분 사전통지",
    "add_opinion": "의견 받음",
    "answer_opinion": "의견에 답함",
    "hold_hearing": "청문",
    "decide_disposition": "처분 확정",
    "change_disposition": "처분 변경",
    "cancel_disposition": "처분 취소",
    "describe": "증빙 설명 변경",
    "attest": "확인 서명",
    "move_sheet": "점검표 새 판으로 옮김",
    "add_stage": "점검 단계 추가",
    "change_stage": "점검 단계 변경",
    "remove_stage": "점검 단계 삭제",
    "submit_stage": "자체점검 제출",
    "give_back_stage": "자체점검 돌려줌",
    "add_indicator": "지표 추가",
    "add_item": "점검항목 추가",
    "change_sheet": "점검표의 줄 고침",
    "move_in_sheet": "점검표의 줄 옮김",
    "remove_from_sheet": "점검표의 줄 삭제",
    "take_over": "서고에서 가져옴",
    "move_evidence": "증빙 순서 변경",
    "turn": "사진 돌림",
    "waive": "알림 그대로 둠",
    # reports
    "edit_facts": "문서 정보 변경",
    "edit_attachment": "붙임 변경",
    "set_counter": "문서번호 시작값 변경",
    "set_decision_rule": "전결 규칙 정함",
    "remove_decision_rule": "전결 규칙 지움",
    "edit_letter": "수신·발신 고침",
    "send_back": "앞 결재자에게 돌려보냄",
    "replace_signer": "결재자 바꿈",
    "hold": "결재 보류",
    "circulate": "공람",
    "choose_writers": "함께 쓸 사람 정함",
    "add_attachment": "붙임 더함",
    "remove_attachment": "붙임 뺌",
    "supersede": "정정 문서 만들기",
    "mark": "비공개 표시",
    "unmark": "비공개 표시 지움",
    "lift_mark": "비공개 표시를 엶",
    "keep_mark": "비공개를 이어 감",
    "keep_closed": "비공개 문서로 둠",
    "open_attachment": "비공개 붙임을 엶",
    "publish_paper": "시민에게 공개",
    "correct_public": "공개본을 고침",
    "withdraw_public": "공개본을 내림",
    "record_outside": "밖에서 한 결재 기록",
    "correct": "결재 중 고치기 시작",
    "resume": "고치기 마침",
    "keep_line": "결재선 저장",
    "register_absence": "부재 등록",
    "end_absence": "부재 거둠",
    "recompose": "점검 내용 다시 반영",
    "request": "결재 요청",
    "withdraw": "결재 요청 취소",
    "return": "반려",
    "sign": "서명",
    "approve": "결재 완료",
}
KEYS = {
    "after": "뒤",
    "before": "앞",
    "old": "전",
    "new": "후",
    "was": "없어진 내용",
    "changes": "달라진 것",
    "reason": "사유",
    "note": "비고",
    "on": "날짜",
    "number": "번호",
    "round": "결재 회차",
    "content": "내용 해시",
    "line": "결재선",
    "act": "결재 행위",
    "exception": "예외 사유",
    "indicator": "지표",
    "member": "점검반원",
    "stage": "단계",
    "item": "점검항목",
    "items": "점검항목",
    "left": "이력에만 남은 답",
    "exemptions": "해당사항 없던 지표",
    "order": "순서",
    "plan": "계획",
    "joint": "공동 수탁기관",
    "visit": "방문",
    "role": "역할",
    "path": "부서",
    "sheet": "엑셀 표",
    "rows": "줄 수",
    "inspection": "점검",
    "inspections": "점검",
    "findings": "점검결과",
    "text": "내용",
    "section": "구분",
    "position": "자리",
    "file": "파일",
    "sha256": "파일 해시",
    "warning": "알림",
    "kind": "종류",
    "name": "이름",
    "title": "제목",
    "level": "단계",
    "runs": "본문",
    "depth": "들여쓰기",
    "row": "행",
}


def action_text(action):
    return ACTIONS.get(action, action)


def type_text(object_type):
    return _types().get(object_type, object_type)


def detail_rows(event):
    """[(what, text)] of the details, nested ones with their path."""
    model = next((model for model in apps.get_models() if model._meta.model_name == event.object_type), None)
    return [(" · ".join(_key_text(key, model) for key in keys), text) for keys, text in _leaves(event.detail)]


def _leaves(value, keys=()):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*keys, key))
    elif _is_change(value):
        yield keys, f"{_text(value[0])} → {_text(value[1])}"
    else:
        yield keys, _text(value)


def _is_change(value):
    return (
        isinstance(value, list) and len(value) == 2 and not any(isinstance(one, dict | list) for one in value)
    )


def _text(value):
    if isinstance(value, bool):
        return "예" if value else "아니오"
    if isinstance(value, list):
        return ", ".join(map(_text, value)) or "(없음)"
    return "(비움)" if value in (None, "") else str(value)


def _key_text(key, model):
    try:
        return str(model._meta.get_field(key).verbose_name)
    except (AttributeError, FieldDoesNotExist):
        return KEYS.get(key, key)


def _types():
    return {model._meta.model_name: str(model._meta.verbose_name) for model in apps.get_models()}
