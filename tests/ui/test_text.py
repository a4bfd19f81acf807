"""Words of people on the screen: shown as they are, whatever they look like to Markdown."""

from __future__ import annotations

import pytest

from borging.ui.text import plain


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("**vet** _schuin_ `code`", r"\*\*vet\*\* \_schuin\_ \`code\`"),
        ("[klik](javascript:x)", r"\[klik\](javascript\:x)"),
        (":red[rood]", r"\:red\[rood\]"),
        ("$x$ <b> ~~a~~ | b", r"\$x\$ \<b\> \~\~a\~\~ \| b"),
        ("C:\\map\\", r"C\:\\map\\"),
        ("&lt;b&gt; Zorg & Co", r"\&lt;b\&gt; Zorg \& Co"),
        ("een\n\n# twee", r"een \# twee"),
        ("1. Contract", r"1\. Contract"),
        ("12) Contract", r"12\) Contract"),
        ("- streep", r"\- streep"),
        ("+31 6 1234", r"\+31 6 1234"),
        ("===", r"\==="),
        ("2026 was 1. goed - en + meer", "2026 was 1. goed - en + meer"),
        (":material/home:", "\\:\u2060material/home\\:"),
        ("\u202eomgekeerd\u2066", "omgekeerd"),
        ("zie https://x.nl/a_b", "zie https\\:\u2060//x.nl/a\\_b"),
        ("HTTP://X.NL", "HTTP\\:\u2060//X.NL"),
        ("(www.x.nl)", "(www\u2060.x.nl)"),
        ("anna@x.nl", "anna@\u2060x.nl"),
        ("uur@week, 50 @ 3", "uur@week, 50 @ 3"),
    ],
)
def test_markup_in_words_of_people_is_shown_and_not_obeyed(typed: str, shown: str) -> None:
    assert plain(typed) == shown
