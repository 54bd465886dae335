"""Excel in and out: reading what somebody uploads, a preview, writing what cannot become a formula.

reading and writing are pure; importing and admin know Django, but none of our apps.
docs/decisions/ says why this is not django-import-export.
"""
