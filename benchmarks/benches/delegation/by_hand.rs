//! Stack machines written by hand: a `Vec` of frames in place of generators.

use std::ops::Range;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures::stream::Stream;

use crate::Tree;

/// One call of `levels` in the other modules.
enum Level {
    Start(u32),
    Delegates,
    Yields(Range<u64>),
}

struct Levels {
    items: u64,
    stack: Vec<Level>,
}

pub(crate) fn levels(depth: u32, items: u64) -> impl Stream<Item = u64> {
    let stack = vec![Level::Start(depth)];
    Levels { items, stack }
}

impl Stream for Levels {
    type Item = u64;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u64>> {
        let Levels { items, stack } = &mut *self;
        while let Some(level) = stack.last_mut() {
            match level {
                Level::Start(0) => *level = Level::Yields(0..*items),
                Level::Start(depth) => {
                    let inner = Level::Start(*depth - 1);
                    *level = Level::Delegates;
                    stack.push(inner);
                }
                Level::Yields(numbers) => match numbers.next() {
                    None => drop(stack.pop()),
                    item => return Poll::Ready(item),
                },
                Level::Delegates => drop(stack.pop()),
            }
        }
        Poll::Ready(None)
    }
}

/// One call of `in_order` in the other modules.
enum Visit<'a> {
    Left(&'a Tree),
    Value(&'a Tree),
    Right(&'a Tree),
    End,
}

struct InOrder<'a> {
    stack: Vec<Visit<'a>>,
}

pub(crate) fn in_order(tree: &Tree) -> impl Stream<Item = u64> {
    let stack = vec![Visit::Left(tree)];
    InOrder { stack }
}

impl Stream for InOrder<'_> {
    type Item = u64;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u64>> {
        let stack = &mut self.stack;
        while let Some(visit) = stack.last_mut() {
            match *visit {
                Visit::Left(tree) => {
                    *visit = Visit::Value(tree);
                    stack.extend(tree.left.as_deref().map(Visit::Left));
                }
                Visit::Value(tree) => {
                    *visit = Visit::Right(tree);
                    return Poll::Ready(Some(tree.value));
                }
                Visit::Right(tree) => {
                    *visit = Visit::End;
                    stack.extend(tree.right.as_deref().map(Visit::Left));
                }
                Visit::End => drop(stack.pop()),
            }
        }
        Poll::Ready(None)
    }
}
