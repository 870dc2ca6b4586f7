//! Generators in traits: declared with or without a body, implemented, and called through `dyn`.

use gen_runtime::{BoxGenerator, BoxTryGenerator, async_gen, pin};
use probe::ready;

trait Source {
    type Item: Copy;

    /// A required generator.
    #[async_gen]
    async fn items(&self, from: usize) -> &Self::Item;

    /// A provided generator.
    #[async_gen(returns = usize)]
    async fn twice(&self) -> Self::Item {
        let mut count = 0;
        for _ in 0..2 {
            #[for_await]
            for item in self.items(0) {
                yield_!(*item);
                count += 1;
            }
        }
        count
    }

    /// An ordinary method.
    fn len(&self) -> usize;
}

struct List<T>(Vec<T>);

impl<T: Copy> Source for List<T> {
    type Item = T;

    #[async_gen]
    async fn items(&self, from: usize) -> &T {
        for item in &self.0[from..] {
            yield_!(item);
        }
    }

    fn len(&self) -> usize {
        self.0.len()
    }
}

async fn all<S: Source>(source: &S) -> (Vec<S::Item>, Option<usize>) {
    let mut twice = pin!(source.twice());
    let mut all = Vec::new();
    while let Some(item) = twice.next().await {
        all.push(item);
    }
    (all, twice.take_return())
}

#[test]
fn a_default_body_may_call_a_required_generator() {
    let list = List(vec!['a', 'b']);
    assert_eq!(ready(all(&list)), (vec!['a', 'b', 'a', 'b'], Some(4)));
    let mut rest = pin!(list.items(1));
    assert_eq!(ready(rest.next()), Some(&'b'));
    assert_eq!(ready(rest.next()), None);
    assert_eq!(list.len(), 2);
}

/// A trait of boxed generators is dyn-safe.
trait Pager {
    #[async_gen(boxed, throws = String)]
    async fn pages(&self, prefix: &str, limit: usize) -> String;

    #[async_gen(boxed, local)]
    async fn log(&mut self) -> u32 {
        yield_!(1);
    }

    #[async_gen(boxed)]
    async fn count(&self) -> usize;
}

struct Pages(usize);

impl Pager for Pages {
    #[async_gen(boxed, throws = String)]
    async fn pages(&self, prefix: &str, limit: usize) -> String {
        for number in 0..self.0.min(limit) {
            yield_!(format!("{prefix}{number}"));
        }
    }

    #[async_gen(boxed)]
    async fn count(&self) -> usize {
        yield_!(self.0);
    }
}

#[test]
fn a_trait_object_may_have_boxed_generators() {
    let mut pager: Box<dyn Pager> = Box::new(Pages(2));
    let mut both: BoxTryGenerator<'_, String, String> = pager.pages("page ", 5);
    assert_eq!(ready(both.try_next()), Ok(Some("page 0".to_owned())));
    assert_eq!(ready(both.try_next()), Ok(Some("page 1".to_owned())));
    assert_eq!(ready(both.try_next()), Ok(None));
    drop(both);
    let mut count: BoxGenerator<'_, usize> = pager.count();
    assert_eq!(ready(count.next()), Some(2));
    drop(count);
    assert_eq!(ready(pager.log().next()), Some(1));
}
