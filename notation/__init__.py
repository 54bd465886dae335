"""How Korean official papers write dates, money, particles and marks. Pure: no Django, importable by every app.

Nothing here corrects what an official wrote; `weekdays` only points at what looks wrong.
"""
