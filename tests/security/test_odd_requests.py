"""Every form of the site with odd values (S30), and every parameter of a list or a sign-in (S12, S13).

Whatever comes in: told in Korean, refused or not found. Never an error of ours, never a way to another site.
"""

import re

import pytest
from django.test import TestCase

from tests.security.harvest import Site

ODD = {
    "empty": "",
    "nul": "1\x00",
    "superscript": "²",
    "surrogate": b"\xed\xa0\x80",
    "huge number": "9" * 30,
    "number longer than int() takes": "9" * 5000,
    "less than nothing": "-1",
    "beyond bigint": "9223372036854775808",
    "not a number": "NaN",
    "exponent": "1e999999",
    "no such day": "2021-02-30",
    "year nought": "0000-00-00",
    "list": ["1", "2"],
    "quote": "' OR 1=1 --",
    "markup": "<script>alert(1)</script>",
    "word turned round": "\u202e\ufeff\u200b",
    "lines": "a\r\nSet-Cookie: b=1\r\n\r\n",
}
TELLING = ["nul", "superscript", "huge number", "surrogate", "list"]
LONG = {"long": "x" * 100_000, "long Hangul": "가" * 100_000, "many lines": "가\n" * 30_000}
ROLES = ["own", "lead", "head", "superintendent"]
INJECTIONS = [
    "'", '"', "\\", "%", "_", "' OR '1'='1", "1; DROP TABLE accounts_user", "') UNION SELECT 1 --", "1)) --",
    "/* */", "$1", "%s", "%(x)s", "{0}", "{{ 7*7 }}", "{% debug %}", "NEAR(", '"a" AND', "a:*", "!!",
    "& | <->", "(", "*", "-id", "password", "user__password", "?", "../../etc/passwd",
    "..%2f..%2fetc%2fpasswd", "\x00", "\ud800".encode("utf-8", "surrogatepass"), "a\r\nSet-Cookie: x=1",
    "ﷺ" * 50, "9" * 5000, "²", "-1", "1e5", "2026-13", "9999-12-31", "0-0-0", "NaN", "<svg onload=alert(1)>",
]  # fmt: skip
PARAMETERS = [
    "q", "text", "status", "department", "year", "kind", "mine", "due", "district", "classification", "page",
    "after", "month", "tab", "side", "show", "all", "previous", "item", "line", "inspection", "next",
    "o", "e", "p", "user", "action", "query", "_changelist_filters", "_popup", "_to_field",
    "subject__id__exact",
]  # fmt: skip
ELSEWHERE = [
    "https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example",
    "http:evil.example", "https:/evil.example", "javascript:alert(1)", "data:text/html,x", "\thttps://evil.example",
    "/%09/evil.example", "https://127.0.0.1@evil.example/", "https://evil.example\x00.127.0.0.1",
    "//evil.example/%2f..", "http://[::1", "\r\nLocation: https://evil.example/", "https://evil。example/",
]  # fmt: skip


class SiteTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.site = Site()

    def wrong(self, form, fields, label):
        response = self.site.ask(form.role, form.method, form.path, fields)
        if is_told(response):
            return []
        return [(label, form.role, form.path, response.status_code)]


def is_told(response):
    """Refused, sent on, or a page that says in Korean what is wrong."""
    if response.status_code >= 500:
        return False
    if "html" in response.get("Content-Type", "") and response.status_code not in (204, 301, 302):
        return bool(re.search("[가-힣]", response.content.decode()))
    return True


class TestEveryForm(SiteTest):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.forms = cls.site.forms(ROLES)

    def test_all_fields_odd_at_once(self):
        assert self.all_at_once(TELLING) == []

    @pytest.mark.slow
    def test_all_fields_odd_at_once_in_every_way(self):
        assert self.all_at_once(set(ODD) - set(TELLING)) == []

    def all_at_once(self, labels):
        wrong = []
        for form in self.forms:
            for label in labels:
                wrong += self.wrong(form, form.changed(**dict.fromkeys(form.names, ODD[label])), label)
        return wrong

    def test_nothing_sent_at_all(self):
        assert [each for form in self.forms for each in self.wrong(form, [], "nothing")] == []

    @pytest.mark.slow
    def test_one_field_odd_and_the_others_right(self):
        wrong = []
        for form in self.forms:
            for name in form.names:
                for label, value in ODD.items():
                    wrong += self.wrong(form, form.changed(**{name: value}), f"{name}: {label}")
                wrong += self.wrong(
                    form, [pair for pair in form.fields if pair[0] != name], f"{name} left out"
                )

        assert wrong == []

    @pytest.mark.slow
    def test_texts_of_any_length(self):
        wrong = []
        for form in self.forms:
            for label, value in LONG.items():
                for name in form.names:
                    wrong += self.wrong(form, form.changed(**{name: value}), f"{name}: {label}")

        assert wrong == []


class TestEveryAddress(SiteTest):
    def test_odd_parameters_of_every_page(self):
        wrong = []
        for role in ("own", "superintendent"):
            for path in dict.fromkeys(self.site.paths.values()):
                for value in ("²\x00<script>alert(1)</script>", "9" * 30):
                    response = self.site.ask(role, "GET", path, [(name, value) for name in PARAMETERS])
                    if response.status_code >= 500 or b"<script>alert(1)" in response.content:
                        wrong.append((role, path, value, response.status_code))

        assert wrong == []

    def test_a_post_to_any_address_without_its_form(self):
        wrong = [
            (role, path, response.status_code)
            for role in ("own", "superintendent")
            for path in dict.fromkeys(self.site.paths.values())
            if not is_told(response := self.site.ask(role, "POST", path, [("version", "x"), ("id", "x")]))
        ]

        assert wrong == []

    @pytest.mark.slow
    def test_injections_into_each_parameter_of_each_list(self):
        lists = {form.path: form for form in self.site.forms(["own", "superintendent"], method="GET")}
        wrong = []
        for form in lists.values():
            for name in dict.fromkeys([*form.names, *PARAMETERS]):
                for value in INJECTIONS:
                    response = self.site.ask(form.role, "GET", form.path, [(name, value)])
                    if response.status_code >= 500:
                        wrong.append((form.path, name, value, response.status_code))

        assert wrong == []


class TestWhereItSendsPeople(SiteTest):
    def test_signing_in_leads_to_no_other_site(self):
        fields = {"login": self.site.world.users["own"].username, "password": "바다위의구름-2026"}
        login = self.site.paths["account_login"]
        found = {
            target: self.site.ask("nobody", "POST", login, [*fields.items(), ("next", target)])
            for target in ELSEWHERE
        }

        assert {response.status_code for response in found.values()} <= {302, 200, 400}
        assert [target for target, response in found.items() if leaves(response)] == []

    def test_no_page_follows_next_to_another_site(self):
        wrong = []
        for path in dict.fromkeys(self.site.paths.values()):
            for method in ("GET", "POST"):
                for target in ELSEWHERE[:2]:
                    fields = [(name, target) for name in ("next", "redirect_to", "url", "back")]
                    response = self.site.ask("own", method, path, fields, referer=target)
                    if response.status_code in (301, 302) and leaves(response):
                        wrong.append((method, path, response["Location"]))

        assert wrong == []


def leaves(response):
    """An address of our own begins with one slash, and a browser reads a backslash as one."""
    place = response.get("Location", "/").replace("\\", "/")
    return not place.startswith("/") or place.startswith("//") or "\r" in place or "\n" in place
