"""How text files begin whose words are not for reading, or that have a reader of their own."""

from __future__ import annotations

from typing import Final

TEXTS: Final[tuple[tuple[bytes, str, str], ...]] = (
    (rb"// <!-- <mdb:mork:z", "application/x-mork", "index of Thunderbird (Mork)"),
    (rb"\(This file must be converted with BinHex", "application/mac-binhex40", "file of an old Macintosh"),
    (rb"%FDF-", "application/vnd.fdf", "filled fields of a PDF form"),
    (rb"begin [0-7]{3,4} [^\r\n]{1,200}\r?\n[ -`]{20}", "text/x-uuencode", "file written as text (UUCP)"),
    (rb"begin-base64 [0-7]{3,4} ", "text/x-uuencode", "file written as text"),
    (rb"=ybegin [a-z0-9 =]{1,80} name=", "text/x-yenc", "file written as text (yEnc)"),
    (rb"/\* XPM \*/", "image/x-xpixmap", "image (XPM)"),
    (rb"#define [\w.-]{1,80}_width [0-9]{1,6}\r?\n#define [\w.-]{1,80}_height", "image/x-xbitmap", "image"),
    (rb"ISO-10303-21;", "model/step", "model of an engineer (STEP)"),
    (rb"#VRML V", "model/vrml", "three-dimensional scene (VRML)"),
    (rb"#X3D V", "model/x3d+vrml", "three-dimensional scene (X3D)"),
    (rb"ply\r?\nformat (?:ascii|binary)", "model/x-ply", "three-dimensional model (PLY)"),
    (rb"solid [^\r\n]{0,200}\r?\n\s*facet normal", "model/x.stl-ascii", "three-dimensional model (STL)"),
    (rb"BEGMF\b", "image/cgm", "drawing (CGM)"),
    (rb"\s{0,20}0\r?\nSECTION\r?\n\s{0,20}2\r?\n", "image/vnd.dxf", "AutoCAD exchange drawing"),
    (rb"(?:\s{0,20}999\r?\n[^\r\n]{0,300}\r?\n){1,20}\s{0,20}0\r?\nSECTION\r?\n", "image/vnd.dxf",
     "AutoCAD exchange drawing"),
    (rb"TABLE\r?\n0,1\r?\n", "application/x-dif", "table (DIF)"),
    (rb"ID;P", "application/x-sylk", "table (SYLK)"),
    (rb"<MIFFile ", "application/vnd.mif", "FrameMaker document"),
    (rb"WEBVTT(?:[ \t\r\n]|$)", "text/vtt", "subtitles"),
    (rb"0{0,3}\d{1,5}[ \t]*\r?\n\d{1,2}:\d{2}:\d{2}[,.]\d{1,3} --> ", "application/x-subrip", "subtitles"),
    (rb"\[Script Info\]", "text/x-ssa", "subtitles"),
    (rb"PuTTY-User-Key-File-", "application/x-putty-private-key", "key"),
    (rb"age-encryption\.org/v1", "application/x-age-encryption", "file encrypted by age"),
    (rb"d\d{1,2}:(?:announce|created by|comment|creation date|info|nodes|encoding|name)",
     "application/x-bittorrent", "list of a file exchange (BitTorrent)"),
)  # fmt: skip
"""Patterns of the first bytes (without mark and blanks), media type, and what a person calls it."""

READABLE: Final = frozenset({
    "application/vnd.fdf", "image/x-xpixmap", "image/x-xbitmap", "model/step", "model/vrml", "model/x3d+vrml",
    "model/x-ply", "model/x.stl-ascii", "image/cgm",
    "application/x-font-adobe-metric", "application/x-font-bdf", "application/x-font-sfd",
    "application/x-sas-xport",
})  # fmt: skip
"""Those of them, and of `raremagic.RARE`, whose words are read as plain text where they have no reader."""
