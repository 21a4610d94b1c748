"""Which bodies are a unit itself under another form of its name, and which only have its name in theirs."""

from __future__ import annotations

import pytest

from gazette.model.life.own_names import is_itself

NAMES = ("墨雨区", "墨雨", "墨雨高新区", "Moyu District", "Moyu", "Moyu High-Tech Zone")


@pytest.mark.parametrize(
    "body",
    [
        *(
            "墨雨区",
            "墨雨",
            "墨雨区人民政府",
            "墨雨区政府",
            "市墨雨区人民政府",
            "临江市墨雨区人民政府",
            "墨雨区委",
            "墨雨政府",
        ),
        *(
            "墨雨高新区管委会",
            "墨雨高新区管理委员会",
            "墨雨区人民政府办公室",
            "墨雨区人民政府（虚构）",
            "某省临江市墨雨区政府",
        ),
        *("墨雨区 管委会", "“墨雨区”管委会", "墨雨區管委會", "中共墨雨区工作委员会", "墨雨区党工委、管委会"),
        *("管委会", "本区管委会", "港区管委会", "党工委、管委会"),
        *("MOYU DISTRICT", "the Government of Moyu District", "Moyu District People’s Government", "Moyu government"),
        *("Moyu District People's Government (invented)", "The People’s Government of Moyu District"),
        *("Moyu High-Tech Zone Management Committee", "Administrative Committee of Moyu High-Tech Zone"),
        "Office of the Government of Moyu District",
    ],
)
def test_an_organ_of_the_unit_is_the_unit(body: str) -> None:
    assert is_itself(body, NAMES)


@pytest.mark.parametrize(
    "body",
    [
        *(
            "临江市整改验收组",
            "市生态环境局墨雨区分局",
            "临江市人民政府",
            "墨雨河管理处",
            "墨雨区水务局",
            "市政府",
            "竹笛区人民政府",
        ),
        *("Linjiang acceptance team", "Moyu District branch of the municipal environment bureau", "The Government"),
        *("Linjiang People’s Government", "Moyu water bureau", "Zhudi District government", "Office of the Government"),
    ],
)
def test_a_body_that_only_has_the_name_in_its_own_is_another(body: str) -> None:
    assert not is_itself(body, NAMES)
