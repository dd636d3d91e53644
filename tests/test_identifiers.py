"""Row ids sort by when they were made."""

from casework.identifiers import new_id


def test_ids_rise_also_within_a_millisecond():
    made = [new_id() for _ in range(20_000)]

    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_they_are_uuids_of_version_seven():
    made = new_id()

    assert (made.version, made.variant) == (7, "specified in RFC 4122")
