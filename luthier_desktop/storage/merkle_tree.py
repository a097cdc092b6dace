"""A whole Merkle tree in memory: proofs for many of its leaves without hashing them anew."""

from __future__ import annotations

from collections.abc import Iterable

from luthier_desktop.storage.merkle import EMPTY_ROOT, node_hash


class MerkleTree:
    """The tree over given leaf hashes (RFC 9162, section 2.1)."""

    def __init__(self, leaves: Iterable[bytes]) -> None:
        self._levels = [list(leaves)]
        while len(below := self._levels[-1]) > 1:
            pairs = zip(below[::2], below[1::2], strict=False)  # a lone last node has no parent
            self._levels.append([node_hash(left, right) for left, right in pairs])

    @property
    def size(self) -> int:
        """How many leaves the tree has."""
        return len(self._levels[0])

    def root(self) -> bytes:
        """Return the root of the tree."""
        return self._node(0, self.size) if self.size else EMPTY_ROOT

    def inclusion_proof(self, index: int) -> list[bytes]:
        """Prove that the leaf at *index*, from 0, stands in the tree.

        Raises:
            ValueError: The tree has no such leaf.
        """
        if not 0 <= index < self.size:
            raise ValueError(f"a tree of {self.size} leaves has no leaf {index}")
        proof: list[bytes] = []
        first, end = 0, self.size
        while end - first > 1:
            middle = first + (1 << ((end - first - 1).bit_length() - 1))
            if index < middle:
                proof.append(self._node(middle, end))
                end = middle
            else:
                proof.append(self._node(first, middle))
                first = middle
        return proof[::-1]

    def _node(self, first: int, end: int) -> bytes:
        size = end - first
        height = (size - 1).bit_length()
        if size == 1 << height:
            return self._levels[height][first >> height]
        middle = first + (1 << (height - 1))
        return node_hash(self._node(first, middle), self._node(middle, end))
