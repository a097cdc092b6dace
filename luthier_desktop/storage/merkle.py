"""The Merkle tree of RFC 9162, section 2.1: roots, and proofs of inclusion and consistency.

A proof is a list of node hashes, the deepest first. Checking one needs neither the tree nor the
other leaves, and tells only yes or no, whatever a stranger hands in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Self

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf with the bytes *data*."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node above *left* and *right*."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """The roots of the full subtrees along the right edge: all that a growing tree needs."""

    def __init__(self, size: int = 0, nodes: Iterable[bytes] = ()) -> None:
        """Take up a tree of *size* leaves; *nodes* stand from the largest subtree down.

        Raises:
            ValueError: A tree of that size has another number of full subtrees.
        """
        self.size = size
        self._nodes = list(nodes)
        if size < 0 or len(self._nodes) != size.bit_count():
            raise ValueError(f"{len(self._nodes)} nodes are no frontier of {size} leaves")

    @classmethod
    def of(cls, leaves: Iterable[bytes]) -> Self:
        """Return the frontier of a tree with the leaf hashes *leaves*."""
        frontier = cls()
        for leaf in leaves:
            frontier.add(leaf)
        return frontier

    @property
    def nodes(self) -> tuple[bytes, ...]:
        """The roots of the full subtrees, the largest first."""
        return tuple(self._nodes)

    def add(self, leaf: bytes) -> None:
        """Append one leaf hash."""
        node = leaf
        size = self.size
        while size & 1:
            node = node_hash(self._nodes.pop(), node)
            size >>= 1
        self._nodes.append(node)
        self.size += 1

    def root(self) -> bytes:
        """Return the root of the tree."""
        if not self._nodes:
            return EMPTY_ROOT
        root = self._nodes[-1]
        for node in reversed(self._nodes[:-1]):
            root = node_hash(node, root)
        return root


def tree_root(leaves: Iterable[bytes]) -> bytes:
    """Return the root over the leaf hashes *leaves*."""
    return Frontier.of(leaves).root()


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Prove that the leaf at *index*, from 0, stands in the tree over *leaves*.

    Raises:
        ValueError: The tree has no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise ValueError(f"a tree of {len(leaves)} leaves has no leaf {index}")
    proof: list[bytes] = []
    first, end = 0, len(leaves)
    while end - first > 1:
        middle = first + _left_size(end - first)
        if index < middle:
            proof.append(tree_root(leaves[middle:end]))
            end = middle
        else:
            proof.append(tree_root(leaves[first:middle]))
            first = middle
    return proof[::-1]


def consistency_proof(leaves: Sequence[bytes], old_size: int) -> list[bytes]:
    """Prove that the tree over *leaves* only added to the one of its first *old_size* leaves.

    Raises:
        ValueError: There was no such tree.
    """
    if not 0 < old_size <= len(leaves):
        raise ValueError(f"a tree of {len(leaves)} leaves has not grown from {old_size}")
    proof: list[bytes] = []
    first, end = 0, len(leaves)
    while end != old_size:
        middle = first + _left_size(end - first)
        if old_size <= middle:
            proof.append(tree_root(leaves[middle:end]))
            end = middle
        else:
            proof.append(tree_root(leaves[first:middle]))
            first = middle
    if first:
        proof.append(tree_root(leaves[first:end]))
    return proof[::-1]


def includes(root: bytes, size: int, index: int, leaf: bytes, proof: Sequence[bytes]) -> bool:
    """Tell whether *proof* shows that *leaf* stands at *index* in the tree with *root*."""
    if not 0 <= index < size or not _are_hashes([root, leaf, *proof]):
        return False
    position, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            node = node_hash(sibling, node)
            position, last = _up_to_a_right_child(position, last)
        else:
            node = node_hash(node, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and node == root


def extends(
    old_root: bytes, old_size: int, root: bytes, size: int, proof: Sequence[bytes]
) -> bool:
    """Tell whether *proof* shows that the tree with *root* only added to that of *old_root*.

    An empty tree says nothing, so nothing is proven to extend it.
    """
    if not 0 < old_size <= size:
        return False
    if old_size == size:
        return not proof and old_root == root
    if not _are_hashes([old_root, root, *proof]):
        return False
    path = list(proof)
    if old_size & (old_size - 1) == 0:
        path.insert(0, old_root)
    return bool(path) and _both_roots(old_size - 1, size - 1, path) == (old_root, root)


def _both_roots(position: int, last: int, path: list[bytes]) -> tuple[bytes, bytes] | None:
    """Climb to the root of the old and of the new tree; None when the path does not fit."""
    while position & 1:
        position, last = position >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return None
        if position & 1 or position == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            position, last = _up_to_a_right_child(position, last)
        else:
            new = node_hash(new, sibling)
        position, last = position >> 1, last >> 1
    return (old, new) if last == 0 else None


def _up_to_a_right_child(position: int, last: int) -> tuple[int, int]:
    """Pass the levels on which a lone right edge has no sibling."""
    while position and not position & 1:
        position, last = position >> 1, last >> 1
    return position, last


def _left_size(size: int) -> int:
    """Return the largest power of two below *size*."""
    return 1 << ((size - 1).bit_length() - 1)


def _are_hashes(values: Iterable[bytes]) -> bool:
    return all(len(value) == HASH_BYTES for value in values)
