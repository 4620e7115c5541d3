"""What people type, as we write it. No database."""

import re

FINNISH = "+358"
KEPT = re.compile(r"^(0800|0600|0700|1)")  # numbers that only work as they are


def phone(number: str) -> str:
    """A number as we write them: 040-1234567 is +358 40 123 4567. What is none stays as it is."""
    bare = re.sub(r"[\s\-()./]", "", number)
    if not re.fullmatch(r"(\+|00)?\d{3,15}", bare) or KEPT.match(bare):
        return " ".join(number.split())
    bare = re.sub(r"^00", "+", bare)
    if bare.startswith("0"):
        bare = FINNISH + bare[1:]
    if not bare.startswith(FINNISH):
        return " ".join(number.split())
    rest = bare[len(FINNISH) :]
    parts = [rest[:2], rest[2:5], rest[5:]]
    return " ".join([FINNISH, *(part for part in parts if part)])


def web(address: str) -> str:
    """A whole address: most people leave its beginning out."""
    address = address.strip()
    return address if not address or "://" in address else f"https://{address}"
