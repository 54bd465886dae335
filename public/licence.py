"""The terms of use, named once for pages, feeds and the catalogue."""

NAME = "CC BY-ND 4.0"
URL = "https://creativecommons.org/licenses/by-nd/4.0/"
MEANING = "저작자 표시-변경 금지"
