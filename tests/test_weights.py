"""Models by features: what features add up to, with a network and without; their files."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg.weights
from kg.errors import DataError
from kg.reports.weights import BY_FEATURES, load_models
from kg.weights import FeatureModel, FeatureTable, Network, read_model

LINEAR = FeatureModel(("yes", "no"), {"a": (2.0, -2.0), "b": (0.5, 1.0)}, (0.0, 1.0))
#: Two units: the one is on with "a", the other with "b" alone.
NETWORK = Network(
    inner=np.array([[1.0, -3.0], [0.5, 2.0]], dtype=np.float32),
    bias=np.array([0.0, -1.0], dtype=np.float32),
    outer=np.array([[1.0, 2.0], [4.0, 8.0]], dtype=np.float32),
    outer_bias=np.array([0.25, 0.5], dtype=np.float32),
)
MIXED = FeatureModel(LINEAR.labels, LINEAR.weights, LINEAR.bias, NETWORK)


def test_features_that_are_not_listed_weigh_nothing() -> None:
    assert LINEAR.scores(["a", "unknown"]) == [2.0, -1.0]
    assert sum(LINEAR.distributions_of([["a"]])[0]) == pytest.approx(1)


@pytest.mark.parametrize(
    ("features", "units"),
    [([], (0.0, 0.0)), (["a"], (1.0, 0.0)), (["b"], (0.5, 1.0)), (["a", "b"], (1.5, 0.0))],
)
def test_the_score_is_the_mean_of_the_weights_and_of_the_network(
    features: list[str], units: tuple[float, float]
) -> None:
    on = [units[0] + 4 * units[1] + 0.25, 2 * units[0] + 8 * units[1] + 0.5]
    expected = [(one + other) / 2 for one, other in zip(LINEAR.scores(features), on, strict=True)]
    assert MIXED.scores(features) == expected


@given(st.lists(st.sampled_from(["a", "b", "unknown"]), unique=True), st.integers(0, 1))
def test_what_the_features_add_is_the_score(features: list[str], label: int) -> None:
    for model in (LINEAR, MIXED):
        bias, added = model.shares_of(features, label)
        assert len(added) == len(features)
        assert bias + sum(added) == pytest.approx(model.scores(features)[label])


@pytest.mark.parametrize("model", [LINEAR, MIXED])
def test_sums_made_before_are_a_start(model: FeatureModel) -> None:
    table = model.table
    start = table.sums(["a"])
    assert table.scores([["b"], []], [start, start]) == [[model.scores(["a", "b"]), model.scores(["a"])]]


@given(st.lists(st.lists(st.sampled_from(["a", "b", "c", "unknown"]), unique=True), max_size=4))
def test_models_side_by_side_say_what_each_says_alone(rows: list[list[str]]) -> None:
    other = FeatureModel(("one",), {"c": (3.0,), "a": (0.25,)}, (-1.0,))
    table = FeatureTable(MIXED, other, LINEAR)
    assert table.scores(rows) == [[model.scores(row) for row in rows] for model in (MIXED, other, LINEAR)]


def test_confidence_grows_with_the_probability_of_a_draft() -> None:
    models = load_models()
    steps = [models.confidence(share / 50) for share in range(51)]
    assert steps == sorted(steps)
    assert 0 < steps[0] < steps[-1] < 1


def test_every_weight_is_a_number() -> None:
    models = load_models()
    for name in BY_FEATURES:
        model: FeatureModel = getattr(models, name)
        assert np.isfinite(list(model.weights.values())).all()
        assert np.isfinite(model.network.inner if model.network else 0).all()


@pytest.fixture
def roles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the weights of roles, read in the place of the package's own."""
    copy = tmp_path / "weights" / "roles.npz"
    copy.parent.mkdir()
    with as_file(files("kg.reports").joinpath("weights", "roles.npz")) as path:
        copy.write_bytes(path.read_bytes())
    monkeypatch.setattr(kg.weights, "files", lambda _: tmp_path)
    return copy


def test_weights_that_are_missing_are_named(roles: Path) -> None:
    roles.unlink()
    with pytest.raises(DataError, match=r"^kg/reports/weights/roles\.npz is missing\. Run: make train$"):
        read_model("kg.reports", "roles")


def test_a_network_of_other_features_is_refused(roles: Path) -> None:
    with np.load(roles) as data:
        arrays = dict(data)
    arrays["inner"] = arrays["inner"][1:]
    np.savez_compressed(roles, **arrays)
    with pytest.raises(DataError, match=r"roles\.npz has a network of other features"):
        read_model("kg.reports", "roles")
