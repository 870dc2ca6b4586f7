//! The tree that is walked.

/// A binary tree.
pub struct Tree {
    /// The nodes before this one.
    pub left: Option<Box<Tree>>,
    /// The value of this node.
    pub value: u64,
    /// The nodes after this one.
    pub right: Option<Box<Tree>>,
}

impl Tree {
    /// Makes a complete binary tree of so many nodes, whose values in order are `0..nodes`.
    pub(super) fn complete(nodes: u64) -> Option<Box<Tree>> {
        fn node(index: u64, nodes: u64, next: &mut u64) -> Option<Box<Tree>> {
            if index > nodes {
                return None;
            }
            let left = node(2 * index, nodes, next);
            let value = *next;
            *next += 1;
            let right = node(2 * index + 1, nodes, next);
            Some(Box::new(Tree { left, value, right }))
        }
        node(1, nodes, &mut 0)
    }

    /// Pushes this node and those to the left, for a walk that keeps a stack.
    #[inline]
    pub(super) fn push_left<'a>(mut self: &'a Self, stack: &mut Vec<&'a Tree>) {
        stack.push(self);
        while let Some(left) = &self.left {
            stack.push(left);
            self = left;
        }
    }
}
