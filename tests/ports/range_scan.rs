//! A range scan of a B-tree on a disk, with an explicit stack. The tree is taken by value, and the body borrows blocks
//! from it. Errors have two types.

use futures::Stream;
use gen_runtime::async_gen;

use super::script::trace;

#[derive(Debug)]
enum Error {
    Read(ReadError),
    Key(std::array::TryFromSliceError),
}

#[derive(Debug)]
struct ReadError(usize);

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        Error::Read(error)
    }
}

impl From<std::array::TryFromSliceError> for Error {
    fn from(error: std::array::TryFromSliceError) -> Self {
        Error::Key(error)
    }
}

#[derive(Clone)]
enum Node {
    /// Keys, and for each the block of the entries from it on.
    Inner(Vec<(Vec<u8>, usize)>),
    Leaf(Vec<(Vec<u8>, u32)>),
}

#[derive(Clone)]
struct Tree<const N: usize> {
    blocks: Vec<Option<Node>>,
}

impl<const N: usize> Tree<N> {
    fn cursor(&self) -> Cursor<'_> {
        Cursor(&self.blocks)
    }
}

struct Cursor<'t>(&'t [Option<Node>]);

impl<'t> Cursor<'t> {
    async fn read(&self, block: usize) -> Result<&'t Node, ReadError> {
        tokio::task::yield_now().await;
        self.0
            .get(block)
            .and_then(Option::as_ref)
            .ok_or(ReadError(block))
    }
}

both! { $ try_stream, (throws = Error),
    pub(super) fn scan<const N: usize>(
        tree: Tree<N>,
        from: [u8; N],
    ) -> impl Stream<Item = Result<([u8; N], u32), Error>> + Send {
        generator! {
            let cursor = tree.cursor();
            let root = cursor.read(0).await?;
            let mut stack = vec![(root, 0)];
            while let Some((node, index)) = stack.pop() {
                match node {
                    Node::Inner(children) => {
                        let Some((_, child)) = children.get(index) else { continue };
                        stack.push((node, index + 1));
                        // Skips a child that ends before the range begins.
                        if children.get(index + 1).is_some_and(|(key, _)| key[..] <= from[..]) {
                            continue;
                        }
                        stack.push((cursor.read(*child).await?, 0));
                    }
                    Node::Leaf(entries) => {
                        for (key, value) in entries {
                            let key: [u8; N] = key.as_slice().try_into()?;
                            if key >= from {
                                yield (key, *value);
                            }
                        }
                    }
                }
            }
        }
    }
}

#[async_gen(throws = Error, bounds = Send)]
async fn scan<const N: usize>(tree: Tree<N>, from: [u8; N]) -> ([u8; N], u32) {
    let cursor = tree.cursor();
    let root = cursor.read(0).await?;
    let mut stack = vec![(root, 0)];
    while let Some((node, index)) = stack.pop() {
        match node {
            Node::Inner(children) => {
                let Some((_, child)) = children.get(index) else {
                    continue;
                };
                stack.push((node, index + 1));
                // Skips a child that ends before the range begins.
                if children
                    .get(index + 1)
                    .is_some_and(|(key, _)| key[..] <= from[..])
                {
                    continue;
                }
                stack.push((cursor.read(*child).await?, 0));
            }
            Node::Leaf(entries) => {
                for (key, value) in entries {
                    let key: [u8; N] = key.as_slice().try_into()?;
                    if key >= from {
                        yield_!((key, *value));
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn a_scan_yields_the_entries_of_a_range_in_order() {
    let leaf = |keys: &[u8]| {
        let entries = keys.iter().map(|&key| (vec![0, key], u32::from(key) * 10));
        Some(Node::Leaf(entries.collect()))
    };
    let root = Node::Inner(vec![(vec![0, 0], 1), (vec![0, 4], 2), (vec![0, 8], 3)]);
    let whole = Tree::<2> {
        blocks: vec![Some(root), leaf(&[1, 3]), leaf(&[4, 6]), leaf(&[8, 9])],
    };
    let mut torn = whole.clone();
    torn.blocks[3] = None;
    let mut short = whole.clone();
    short.blocks[2] = Some(Node::Leaf(vec![(vec![0, 4], 1), (vec![7], 2)]));
    for (tree, count, end) in [
        (whole, 6, "Ok"),
        (torn, 5, "Err(Read"),
        (short, 4, "Err(Key"),
    ] {
        let expected = trace(peer::scan(tree.clone(), [0, 0])).await;
        assert_eq!(expected.len(), count, "{expected:?}");
        let last = expected.last().unwrap();
        assert!(last.starts_with(end), "{last}");
        for from in [0, 3, 4, 5, 8, 10] {
            let expected = trace(peer::scan(tree.clone(), [0, from])).await;
            assert_eq!(trace(block::scan(tree.clone(), [0, from])).await, expected);
            assert_eq!(trace(scan(tree.clone(), [0, from])).await, expected);
        }
    }
}
