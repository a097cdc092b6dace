"""The vectors of transparency-dev/merkle, read in place, good and bad."""

import base64
import json

import pytest

from luthier_desktop.storage.merkle import extends, includes
from tests.conftest import CORPORA

VECTORS = CORPORA / "merkle" / "testdata"


def vectors(kind):
    files = sorted((VECTORS / kind).rglob("*.json"))
    return [pytest.param(path, id=str(path.relative_to(VECTORS))) for path in files]


def read(path):
    vector = json.loads(path.read_bytes())
    names = ("root", "leafHash", "root1", "root2")
    hashes = {name: base64.b64decode(vector[name] or "") for name in names if name in vector}
    proof = [base64.b64decode(text) for text in vector["proof"] or []]
    return vector, hashes, proof


@pytest.mark.parametrize("path", vectors("inclusion"))
def test_an_inclusion_vector_is_judged_as_published(path):
    vector, hashes, proof = read(path)
    size, index = vector["treeSize"], vector["leafIdx"]
    said = includes(hashes["root"], size, index, hashes["leafHash"], proof)
    assert said is not vector["wantErr"]


@pytest.mark.parametrize("path", vectors("consistency"))
def test_a_consistency_vector_is_judged_as_published(path):
    vector, hashes, proof = read(path)
    old, size = vector["size1"], vector["size2"]
    said = extends(hashes["root1"], old, hashes["root2"], size, proof)
    assert said is not vector["wantErr"]


def test_all_vectors_are_there():
    assert (len(vectors("inclusion")), len(vectors("consistency"))) == (98, 98)
