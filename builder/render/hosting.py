"""Files for web servers: the headers of the site, said in each server's own way, and what robots are asked."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlsplit

from builder.model.address import feed_address
from builder.model.page import Output, Page
from builder.model.story import Audience
from builder.render import headers
from builder.render.press import Press
from builder.render.reads import Reads

_HASHED = r"(?:assets/.+\.[0-9a-f]{12}\.[^./]+|pictures/[0-9a-f]{20}[^/]*)"
"""Addresses that tell their content: a digest stands before the ending of an asset, and begins a picture's name."""

_NOT_FOR_READERS = r"(?:_headers|_hosting(?:/.*)?)"


def settings(page: Page, press: Press) -> Output:
    """One of the files for web servers (`page.key` is its template). Raises Trouble when that is wrong.

    Each holds for the path at which the site stands on its host, as `base_url` says, or for the whole host.
    """
    reads = Reads(press)
    reads.planned(page.address)
    audience, base = reads.audience(), reads.settings.base_url
    root = unquote(urlsplit(base).path) or "/"
    here = re.escape(root)
    assets = reads.named_by_content()
    links = ((one, headers.fonts(one, assets, quote(root))) for one in reads.settings.languages)
    text = reads.render(
        f"hosting/{page.key}.jinja",
        root=root,
        quoted_root=quote(root),
        headers=headers.everywhere(audience),
        forever=headers.kept(audience, forever=True),
        fresh=headers.kept(audience, forever=False),
        hashed=f"^{here}{_HASHED}$",
        hidden=f"^{here}(?:.*/)?\\.",
        not_for_readers=f"^{here}{_NOT_FOR_READERS}$",
        feed=f"^{here}[^/]+/{re.escape(feed_address('x').rpartition('/')[2])}$",
        here=here,
        assets=assets,
        fonts=[(one, f"^{here}{re.escape(one)}/(?:.*(?:\\.html|/))?$", link) for one, link in links if link],
        feeds=[feed_address(language) for language in reads.settings.languages],
        public=audience is Audience.PUBLIC,
        sitemap=f"{base}sitemap.xml" if base else "",
    )
    return Output(address=page.address, data=text.encode("utf-8"), asked=tuple(reads.asked))
