//! Forms of traits whose methods are generators. The basics are in `traits`.

use std::cell::RefCell;
use std::fmt::{Debug, Display};
use std::rc::Rc;
use std::sync::Arc;

use futures::{Stream, StreamExt as _};
use gen_runtime::{BoxGenerator, LocalBoxGenerator, State, async_gen};
use probe::{Log, ready};

fn all<S: Stream>(generator: S) -> Vec<S::Item> {
    ready(generator.collect())
}

/// A generic trait with associated types and a constant.
trait Convert<T, const N: usize>
where
    T: Copy,
{
    type Output<'a>: Display
    where
        Self: 'a;
    type Error: Debug;
    const ROUNDS: usize;

    #[async_gen(throws = Self::Error, returns = [T; N])]
    async fn convert(&self, items: [T; N]) -> Self::Output<'_>;

    /// A default body that uses all of these.
    #[async_gen(throws = Self::Error)]
    async fn rounds(&self, items: [T; N]) -> String {
        for round in 0..Self::ROUNDS {
            #[for_await]
            for item in self.convert(items) {
                yield_!(format!("{round}{}", item?));
            }
        }
    }

    #[async_gen]
    async fn made(first: T) -> (Self, T)
    where
        Self: Sized + Default,
    {
        yield_!((Self::default(), first));
    }
}

#[derive(Default)]
struct Prefix(String);

struct Prefixed<'a>(&'a str, u8);

impl Display for Prefixed<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.0, self.1)
    }
}

impl<const N: usize> Convert<u8, N> for Prefix {
    type Output<'a> = Prefixed<'a>;
    type Error = String;
    const ROUNDS: usize = 2;

    #[async_gen(throws = String, returns = [u8; N])]
    async fn convert(&self, mut items: [u8; N]) -> Prefixed<'_> {
        for item in &mut items {
            if *item == 0 {
                return Err("zero".to_owned());
            }
            yield_!(Prefixed(&self.0, *item));
            *item += 1;
        }
        items
    }
}

impl<const N: usize> Convert<char, N> for Prefix {
    type Output<'a> = char;
    type Error = std::convert::Infallible;
    const ROUNDS: usize = N;

    #[async_gen(throws = Self::Error, returns = [char; N])]
    async fn convert(&self, items: [char; N]) -> Self::Output<'_> {
        for item in items {
            yield_!(item);
        }
        items
    }

    #[async_gen]
    async fn made(first: char) -> (Self, char) {
        yield_!((Prefix("overridden".to_owned()), first));
    }
}

#[test]
fn generators_may_use_the_types_and_constants_of_a_generic_trait() {
    let prefix = Prefix("p".to_owned());
    let items = all(prefix.rounds([1_u8, 2]));
    assert_eq!(
        items,
        ["0p1", "0p2", "1p1", "1p2"].map(|item| Ok(item.to_owned()))
    );
    let items = all(prefix.rounds([1_u8, 0]));
    assert_eq!(items, [Ok("0p1".to_owned()), Err("zero".to_owned())]);
    let items = all(prefix.rounds(['a']));
    assert_eq!(items, [Ok("0a".to_owned())]);

    let mut items = gen_runtime::pin!(prefix.convert([1_u8, 2]));
    while ready(items.next()).is_some() {}
    assert_eq!(items.take_return(), Some([2, 3]));
}

#[test]
fn a_default_body_can_be_overridden() {
    let made = all(<Prefix as Convert<u8, 0>>::made(4));
    assert_eq!((made[0].0.0.as_str(), made[0].1), ("", 4));
    let made = all(<Prefix as Convert<char, 0>>::made('c'));
    assert_eq!((made[0].0.0.as_str(), made[0].1), ("overridden", 'c'));
}

trait Named {
    fn name(&self) -> String;
}

/// A trait whose default body calls a method of its supertrait.
trait Letters: Named + Sync {
    #[async_gen(bounds = Send)]
    async fn letters(&self) -> char {
        for letter in self.name().chars() {
            yield_!(letter);
        }
    }

    /// Callers may rely on `Send` for any implementation of the trait.
    #[async_gen(bounds = Send)]
    async fn upper(&self, extra: impl Iterator<Item = char> + Send) -> char {
        #[for_await]
        for letter in self.letters() {
            yield_!(letter.to_ascii_uppercase());
        }
        for letter in extra {
            yield_!(letter);
        }
    }
}

impl Named for u8 {
    fn name(&self) -> String {
        format!("n{self}")
    }
}

impl Letters for u8 {}

impl<T: Named> Named for Vec<T> {
    fn name(&self) -> String {
        self.iter().map(Named::name).collect()
    }
}

impl<T: Letters> Letters for Vec<T> {
    #[async_gen(bounds = Send)]
    async fn letters(&self) -> char {
        for item in self {
            yield_!('.');
            #[for_await]
            for letter in item.letters() {
                yield_!(letter);
            }
        }
    }
}

fn on_a_thread<T: Letters>(letters: &T) -> String {
    std::thread::scope(|scope| {
        let generator = letters.upper("!".chars());
        let thread = scope.spawn(|| all(generator));
        thread.join().unwrap().into_iter().collect()
    })
}

#[test]
fn a_default_body_may_use_supertraits_and_callers_may_rely_on_bounds() {
    assert_eq!(on_a_thread(&7_u8), "N7!");
    assert_eq!(on_a_thread(&vec![1_u8, 2]), ".N1.N2!");
}

/// A dyn-safe trait: methods with every receiver that dispatches, and methods for sized types only.
trait Object {
    #[async_gen(boxed, throws = u8, returns = usize)]
    async fn by_reference(&self, text: &str, n: u32) -> String;

    #[async_gen(boxed, local, send = Option<u8>)]
    async fn by_mutable_reference(&mut self) -> usize;

    #[async_gen(boxed)]
    async fn by_box(self: Box<Self>) -> String;

    #[async_gen(boxed, local)]
    async fn by_rc(self: Rc<Self>) -> usize;

    #[async_gen(boxed)]
    async fn by_arc(self: Arc<Self>) -> usize;

    #[async_gen(boxed, local)]
    async fn with_a_default(&self) -> u8 {
        yield_!(1);
        yield_!(2);
    }

    #[async_gen]
    async fn not_of_objects<T>(&self, item: T) -> T
    where
        Self: Sized,
    {
        yield_!(item);
    }

    #[async_gen(boxed)]
    async fn without_a_receiver() -> u8
    where
        Self: Sized,
    {
        yield_!(9);
    }
}

struct Words(Vec<String>);

impl Object for Words {
    #[async_gen(boxed, throws = u8, returns = usize)]
    async fn by_reference(&self, text: &str, n: u32) -> String {
        for word in &self.0 {
            yield_!(format!("{word}{text}{n}"));
        }
        self.0.len()
    }

    #[async_gen(boxed, local, send = Option<u8>)]
    async fn by_mutable_reference(&mut self) -> usize {
        let local = Rc::new(RefCell::new(self));
        loop {
            let length = local.borrow().0.len();
            let Some(sent) = yield_!(length) else { return };
            local.borrow_mut().0.push(sent.to_string());
        }
    }

    #[async_gen(boxed)]
    async fn by_box(self: Box<Self>) -> String {
        for word in self.0 {
            yield_!(word);
        }
    }

    #[async_gen(boxed, local)]
    async fn by_rc(self: Rc<Self>) -> usize {
        yield_!(Rc::strong_count(&self));
    }

    #[async_gen(boxed)]
    async fn by_arc(self: Arc<Self>) -> usize {
        yield_!(Arc::strong_count(&self));
    }
}

fn words() -> Words {
    Words(vec!["a".to_owned(), "b".to_owned()])
}

#[test]
fn trait_objects_dispatch_on_every_receiver() {
    let mut object: Box<dyn Object> = Box::new(words());
    {
        let text = "-".to_owned();
        let mut items = object.by_reference(&text, 1);
        assert_eq!(ready(items.next()), Some(Ok("a-1".to_owned())));
        assert_eq!(ready(items.throw(4)), Err(4));
        assert_eq!(items.state(), State::Finished);
    }
    {
        let mut items: LocalBoxGenerator<'_, usize, Option<u8>> = object.by_mutable_reference();
        assert_eq!(ready(items.resume()), Some(2));
        assert_eq!(ready(items.send(Some(7))), Some(3));
        assert_eq!(ready(items.send(None)), None);
    }
    assert_eq!(all(object.with_a_default()), [1, 2]);
    assert_eq!(all(object.by_box()), ["a", "b", "7"]);

    let object: Rc<dyn Object> = Rc::new(words());
    assert_eq!(all(Rc::clone(&object).by_rc()), [2]);
    let object: Arc<dyn Object> = Arc::new(words());
    assert_eq!(all(Arc::clone(&object).by_arc()), [2]);
}

#[test]
fn methods_that_require_sized_are_callable_on_sized_types() {
    assert_eq!(all(words().not_of_objects('c')), ['c']);
    let mut items: BoxGenerator<'static, u8> = Words::without_a_receiver();
    assert_eq!(ready(items.next()), Some(9));
}

trait Cleans {
    #[async_gen(boxed, local, throws = u8)]
    async fn cleans(&self, log: Log) -> u8 {
        defer! {
            log.push("default");
        }
        yield_!(1);
    }
}

struct Plain;
impl Cleans for Plain {}

#[test]
fn a_default_body_may_have_regions_and_may_be_closed_through_an_object() {
    let log = Log::default();
    let object: &dyn Cleans = &Plain;
    let mut items = object.cleans(log.clone());
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(log.take(), "default");
}
