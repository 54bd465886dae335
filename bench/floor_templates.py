"""What the floor's pages look like: behind a login, and open."""

HEAD = """<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>{{ title }}</title></head><body>
<nav><a href="/list">목록</a> {{ user.username }} <form method="post" action="/out">{% csrf_token %}</form></nav>
{% for message in messages %}<p>{{ message }}</p>{% endfor %}<main>"""

LIST = """<table>{% for row in rows %}<tr><td>{{ row.pk }}</td><td><a href="/one?id={{ row.pk }}">{{ row.title }}</a></td>
<td>{{ row.state }}</td><td>{{ row.changed_at|date:"Y-m-d" }}</td></tr>{% endfor %}</table></main></body></html>"""

TEMPLATES = {
    "base": """<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>바닥</title></head>
<body><nav><a href="/list">목록</a></nav><main>{% block body %}{% endblock %}</main></body></html>""",
    "one": """{% extends "base" %}{% block body %}<h1>{{ row.title }}</h1><dl><dt>상태</dt><dd>{{ row.state }}</dd>
<dt>고친 때</dt><dd>{{ row.changed_at|date:"Y-m-d H:i" }}</dd></dl><p>{{ row.note }}</p>{% endblock %}""",
    "list": """{% extends "base" %}{% block body %}<table>{% for row in rows %}<tr><td>{{ row.pk }}</td>
<td><a href="/one?id={{ row.pk }}">{{ row.title }}</a></td><td>{{ row.state }}</td>
<td>{{ row.changed_at|date:"Y-m-d" }}</td></tr>{% endfor %}</table>{% endblock %}""",
}
