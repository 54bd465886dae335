"""How Korean official papers write dates, money, particles and marks. Pure: every app may import it.

Nothing here corrects what an official wrote; `weekdays` only points at what looks wrong.
"""
