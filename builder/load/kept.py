"""Values put away as bytes, and taken out again only where they are whole."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

T = TypeVar("T")


class Form(Generic[T]):
    """Puts values of one type away as JSON (RFC 8259): the same value is always the same bytes."""

    def __init__(self, type_: Any) -> None:
        self._adapter: Callable[[], TypeAdapter[T]] = cache(lambda: TypeAdapter(type_))

    def put_away(self, value: T) -> bytes:
        return self._adapter().dump_json(value)

    def taken_out(self, data: bytes) -> T | None:
        """The value; None where these are not the bytes of one."""
        try:
            return self._adapter().validate_json(data)
        except ValidationError:
            return None
