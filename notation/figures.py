"""Figures with decimals as papers write them."""

from decimal import Decimal


def figure(value: Decimal | int) -> str:
    """8, 2.7, 86.01, 1,200: without idle zeros."""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text
