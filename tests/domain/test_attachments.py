"""Files that may be kept, their names, and what a field means by one."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest

from borging.domain.attachments import (
    LONGEST_NAME,
    MAIN_PARTS,
    MEDIA_TYPES,
    MOST_BYTES,
    FileRefusedError,
    checked,
    files_in,
    safe_name,
    unused,
    web_address,
    with_files,
)

PDF, PNG, JPG = b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n....", b"\xff\xd8\xff\xe0...."


def office(
    kind: str, *, more: str = "", parts: tuple[str, ...] = (), packed: int = ZIP_DEFLATED
) -> bytes:
    """An Office file of nothing but its list of parts. more: what else stands in that list."""
    target = BytesIO()
    with ZipFile(target, "w", packed) as book:
        main = f'<Override PartName="/main.xml" ContentType="{kind}"/>'
        book.writestr("[Content_Types].xml", f"<Types>{main}{more}</Types>")
        for part in parts:
            book.writestr(part, "x")
    return target.getvalue()


def main_of(ending: str) -> str:
    return f"{MAIN_PARTS[ending]}.main+xml"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.pdf", PDF),
        ("foto.PNG", PNG),
        ("foto.jpg", JPG),
        ("foto.jpeg", JPG),
        *((f"stuk.{ending}", office(main_of(ending))) for ending in MAIN_PARTS),
        ("notitie.txt", "Eén keer per week.\n".encode()),
        ("notitie.txt", "Eén keer per week.\n".encode("cp1252")),
        ("lijst.csv", b"\xef\xbb\xbfnaam;aantal\r\nZorg;3\r\n"),
    ],
)
def test_what_is_what_its_name_says_is_kept(name: str, content: bytes) -> None:
    found = checked(name, content)
    assert found.name == name.replace("PNG", "png")
    assert found.media_type == MEDIA_TYPES[found.name.rsplit(".", 1)[1]]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("pagina.html", b"<html>", "van een soort die niet kan"),
        ("tekening.svg", b"<svg/>", "van een soort die niet kan"),
        ("plan.pdf.exe", PDF, "van een soort die niet kan"),
        ("plan", PDF, "van een soort die niet kan"),
        ("oud.doc", b"\xd0\xcf\x11\xe0", "Sla het op als docx of pdf"),
        ("macro.xlsm", office(main_of("xlsx")), "Sla het op als xlsx of pdf"),
        ("plan.pdf", b"<html>%PDF-", "is geen pdf, al heet het zo"),
        ("plan.pdf", b" " + PDF, "is geen pdf"),
        ("foto.png", JPG, "is geen png"),
        ("foto.jpg", PNG, "is geen jpg"),
        ("stuk.docx", PDF, "is geen docx"),
        ("stuk.docx", office(main_of("xlsx")), "is geen docx"),
        ("stuk.docx", office(MAIN_PARTS["docx"] + ".template+xml"), "is geen docx"),
        ("stuk.docx", b"MZ" + office(main_of("docx")), "is geen docx"),
        ("stuk.docx", office(main_of("docx"))[:60], "is geen docx"),
        ("stuk.docx", office(main_of("docx"), more="&amp;"), "is geen docx"),
        ("stuk.docx", office(main_of("docx"), packed=ZIP_BZIP2), "is geen docx"),
        ("stuk.docx", office(main_of("docx"), more=" " * 1_000_001), "is geen docx"),
        ("stuk.docx", office(main_of("docx"), parts=("[content_types].xml",)), "is geen docx"),
        ("stuk.docx", b"\xd0\xcf\x11\xe0....", "wachtwoord"),
        ("stuk.docx", office("application/vnd.ms-word.document.macroEnabled.main+xml"), "macro"),
        ("stuk.docx", office(main_of("docx"), parts=("word/vbaProject.bin",)), "macro"),
        ("stuk.xlsx", office(main_of("xlsx"), parts=("xl/macrosheets/sheet1.xml",)), "macro"),
        ("stuk.pptx", office(main_of("pptx"), parts=("ppt/activeX/a.bin",)), "macro"),
        ("notitie.txt", b"\xef\xbb\xbf \n<svg onload=x>", "geen gewone tekst"),
        ("notitie.txt", b"een\x00twee", "geen gewone tekst"),
        ("lijst.csv", b"MZ\x90\x00\x03", "geen gewone tekst"),
        ("lijst.csv", b"", "is leeg"),
    ],
    ids=lambda each: "inhoud" if isinstance(each, bytes) else None,
)
def test_what_is_something_else_is_refused(name: str, content: bytes, said: str) -> None:
    with pytest.raises(FileRefusedError, match=said) as refused:
        checked(name, content)
    assert f"‘{name}’" in str(refused.value)


def test_five_megabytes_is_the_most() -> None:
    assert checked("plan.pdf", PDF.ljust(MOST_BYTES))
    with pytest.raises(FileRefusedError, match="groter dan 5 MB"):
        checked("plan.pdf", PDF.ljust(MOST_BYTES + 1))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("plan van aanpak.PDF", "plan van aanpak.pdf"),
        ("../../etc/plan.pdf", "plan.pdf"),
        ("C:\\Users\\Anna\\plan.pdf", "plan.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("a\x00\n\tb\u200b  c.pdf", "a b c.pdf"),
        ('a<b>:"c"|?*.pdf', "a-b---c----.pdf"),
        ("..verborgen.pdf ", "verborgen.pdf"),
        ("con.pdf", "_con.pdf"),
        ("lpt1.plan.pdf", "_lpt1.plan.pdf"),
        ("console.pdf", "console.pdf"),
        ("e\u0301e\u0301n.pdf", "één.pdf"),
        ("", "bestand"),
        (".pdf", "pdf"),
        ("x" * 300 + ".pdf", "x" * (LONGEST_NAME - 4) + ".pdf"),
    ],
)
def test_a_name_can_be_saved_anywhere(given: str, kept: str) -> None:
    assert safe_name(given) == kept
    assert len(kept) <= LONGEST_NAME


def test_a_name_never_comes_to_mean_another_file() -> None:
    assert unused("plan.pdf", ["ander.pdf"]) == "plan.pdf"
    assert unused("plan.pdf", ["Plan.pdf"]) == "plan (2).pdf"
    assert unused("plan.pdf", ["plan.pdf", "plan (2).pdf"]) == "plan (3).pdf"


def test_the_evidence_of_a_declaration_names_its_files() -> None:
    said = with_files("Iedereen werkt zo.", ["plan.pdf", "foto.jpg"])
    assert said.splitlines() == ["Iedereen werkt zo.", "Bestand: plan.pdf", "Bestand: foto.jpg"]
    assert files_in(said) == ["plan.pdf", "foto.jpg"]
    assert with_files("Niets", ()) == "Niets"


@pytest.mark.parametrize(
    ("typed", "opened"),
    [
        ("https://plek.nl/a?b=c#d", "https://plek.nl/a?b=c#d"),
        ("HTTP://plek.nl", "HTTP://plek.nl"),
        ("https://plek.nl/a(1)[2]", "https://plek.nl/a%281%29%5B2%5D"),
        ("https://plek.nl/é", "https://plek.nl/%C3%A9"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("https://", None),
        ("https://bank.nl@elders.nl", None),
        ("https://plek.nl\\@elders.nl", None),
        ("https://[plek", None),
        ("https://plek.nl en nog wat", None),
        ("plan.pdf", None),
        ("", None),
    ],
)
def test_only_addresses_of_the_web_are_opened(typed: str, opened: str | None) -> None:
    assert web_address(typed) == opened
