"""The colours of the window: every token, light and dark."""

from typing import NamedTuple


class Tokens(NamedTuple):
    """Every colour of one theme, as #RRGGBB."""

    canvas: str
    surface: str
    sunken: str
    rail: str
    top: str
    line: str
    line2: str
    field: str
    text: str
    text2: str
    text3: str
    disabled: str
    accent: str
    accent_h: str
    accent_p: str
    accent_text: str
    on_accent: str
    sel: str
    soft: str
    sel_line: str
    hover: str
    focus: str
    link: str
    ok: str
    ok_bg: str
    info: str
    info_bg: str
    warn: str
    warn_bg: str
    warn_line: str
    err: str
    err_bg: str
    err_line: str
    desk: str
    track: str
    bar: str
    g1_bg: str
    g1: str
    g2_bg: str
    g2: str
    g3_bg: str
    g3: str
    g4_bg: str
    g4: str
    g5_bg: str
    g5: str


LIGHT = Tokens(
    canvas="#F4F3F1",
    surface="#FFFFFF",
    sunken="#FAF9F7",
    rail="#ECEAE6",
    top="#FFFFFF",
    line="#E1DFDA",
    line2="#CFCCC6",
    field="#8F8B84",
    text="#1F1D1B",
    text2="#4F4B46",
    text3="#6A665F",
    disabled="#A09C95",
    accent="#9A1F24",
    accent_h="#83181C",
    accent_p="#6B1215",
    accent_text="#9A1F24",
    on_accent="#FFFFFF",
    sel="#F6E9E6",
    soft="#FBF3F1",
    sel_line="#E3BDB8",
    hover="#F3F1EE",
    focus="#1F5FA8",
    link="#1F5FA8",
    ok="#1D6B43",
    ok_bg="#E2F1E8",
    info="#1F5FA8",
    info_bg="#E4EEF9",
    warn="#805200",
    warn_bg="#FDF1D3",
    warn_line="#E7CB84",
    err="#BE3A0B",
    err_bg="#FDEBE2",
    err_line="#E9AF93",
    desk="#DEDCD7",
    track="#E6E4DF",
    bar="#A8A39A",
    g1_bg="#1D6B43",
    g1="#FFFFFF",
    g2_bg="#DDEAF8",
    g2="#174A86",
    g3_bg="#E8E7E3",
    g3="#44413C",
    g4_bg="#FBEBC4",
    g4="#6E4600",
    g5_bg="#FFFFFF",
    g5="#BE3A0B",
)

DARK = Tokens(
    canvas="#1B1B1A",
    surface="#242423",
    sunken="#2A2A28",
    rail="#161615",
    top="#20201F",
    line="#383734",
    line2="#4A4844",
    field="#85817A",
    text="#EEECE8",
    text2="#C4C0BA",
    text3="#A19D96",
    disabled="#6C6963",
    accent="#AE3237",
    accent_h="#C0454A",
    accent_p="#8F2428",
    accent_text="#F2A29D",
    on_accent="#FFFFFF",
    sel="#40292A",
    soft="#2E2323",
    sel_line="#7A4244",
    hover="#2E2E2C",
    focus="#7DB4F0",
    link="#8FBFF3",
    ok="#7CCB9E",
    ok_bg="#1D3527",
    info="#8FBFF3",
    info_bg="#1E3046",
    warn="#EBC36A",
    warn_bg="#3A2F16",
    warn_line="#6B5626",
    err="#FF9E78",
    err_bg="#432418",
    err_line="#7F4630",
    desk="#121211",
    track="#3A3936",
    bar="#77736C",
    g1_bg="#2C7D54",
    g1="#FFFFFF",
    g2_bg="#213A57",
    g2="#A9CFF6",
    g3_bg="#3A3936",
    g3="#D5D2CC",
    g4_bg="#463713",
    g4="#F2CF7F",
    g5_bg="#242423",
    g5="#FF9E78",
)
