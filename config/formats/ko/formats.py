"""Dates in the admin as officials write them: 2021. 1. 14. 14:03"""

DATE_FORMAT = SHORT_DATE_FORMAT = "Y. n. j."
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "Y. n. j. H:i"
TIME_FORMAT = "H:i"
YEAR_MONTH_FORMAT = "Y. n."
MONTH_DAY_FORMAT = "n. j."
