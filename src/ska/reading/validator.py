"""jsonschema's validator of 2020-12, with what the contract needs told more strictly, and faster.

The schemas it is given hold no `$ref`: `schema.py` has written every one out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache, partial
from typing import Any, Final

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from ska.reading.schema_words import fingerprint


def _is_date(value: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        return False
    try:
        return date.fromisoformat(value).year >= 1900
    except ValueError:
        return False


def _is_month(value: str) -> bool:
    return bool(re.fullmatch(r"(19|20|21)\d\d-(0[1-9]|1[0-2])", value, re.ASCII))


def _is_form(test: Callable[[str], bool], value: object) -> bool:
    return not isinstance(value, str) or test(value)


FORMS: Final[dict[str, Callable[[str], bool]]] = {"date": _is_date, "year-month": _is_month}
FORMATS: Final = FormatChecker(formats=())
for _name, _test in FORMS.items():
    # Text is all that these forms judge; a value of another type is another keyword's matter.
    FORMATS.checkers[_name] = (partial(_is_form, _test), ())


@cache
def _to_the_end(pattern: str) -> re.Pattern[str]:
    """Python's `$` also matches before a trailing newline; JSON Schema's doesn't."""
    return re.compile(re.sub(r"\$$", r"\\Z", pattern))


def _pattern(
    validator: Any, pattern: str, instance: object, schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not _to_the_end(pattern).search(instance):
        yield ValidationError("pattern")


def _unique(
    validator: Any, unique: bool, instance: object, schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    """Compare each item once; jsonschema's own takes all pairs where kinds are mixed."""
    if (
        unique
        and isinstance(instance, list)
        and len(instance) != len(set(map(fingerprint, instance)))
    ):
        yield ValidationError("uniqueItems")


Validator: Final = extend(  # type: ignore[no-untyped-call]  # untyped in the stubs
    Draft202012Validator, {"pattern": _pattern, "uniqueItems": _unique}
)


def _descend(
    validator: Any, instance: object, schema: Any, path: Any = None, schema_path: Any = None
) -> Iterator[ValidationError]:
    """Judge a part by a part of the schema. Takes the place of the library's own (see there).

    That makes a validator anew for each part of each file, and that was a third of a check; the
    same part of the same schema can have the same. It may: nothing is looked up on the way.
    """
    evolved = _EVOLVED.get(id(schema))
    if evolved is None:
        if len(_EVOLVED) >= _MANY:
            _EVOLVED.clear()
        evolved = _EVOLVED[id(schema)] = validator.evolve(schema=schema)
    for error in evolved.iter_errors(instance):
        if path is not None:
            error.path.appendleft(path)
        if schema_path is not None:
            error.schema_path.appendleft(schema_path)
        yield error


#: A part of a schema, by its identity -> its validator, which keeps the part and so its identity.
_EVOLVED: Final[dict[int, Any]] = {}
_MANY: Final = 20_000  # several times what the schemas hold; tests load many

Validator.descend = _descend
