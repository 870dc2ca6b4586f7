//! The calls of an async generator, and those of a regular one as futures that are ready.

use std::convert::identity;
use std::future::{Future, ready};

use gen_runtime::{LocalBoxTryGenerator, State, sync};

use crate::E;

/// A program as an async generator.
pub type Generator = LocalBoxTryGenerator<'static, i64, E, Option<i64>, Option<i64>>;

/// A program as a regular generator.
pub type RegularGenerator = sync::LocalBoxTryGenerator<'static, i64, E, Option<i64>, Option<i64>>;

/// The result of a call that returns the next item.
type Next = Option<Result<i64, E>>;

/// The methods of a generator that the scripts call.
#[expect(
    missing_docs,
    clippy::missing_errors_doc,
    reason = "those of the generators"
)]
pub trait Calls {
    fn next(&mut self) -> impl Future<Output = Next> + Unpin;
    fn send(&mut self, value: Option<i64>) -> impl Future<Output = Next> + Unpin;
    fn try_send(
        &mut self,
        value: Option<i64>,
    ) -> Result<impl Future<Output = Next> + Unpin, Option<i64>>;
    fn throw(&mut self, error: E) -> impl Future<Output = Result<Option<i64>, E>> + Unpin;
    fn close(&mut self) -> impl Future<Output = Result<(), E>> + Unpin;
    fn take_return(&mut self) -> Option<Option<i64>>;
    fn state(&self) -> State;
}

/// Implements the calls. `$future` makes a future of the result of a method.
macro_rules! calls {
    ($generator:ty, $future:path) => {
        impl Calls for $generator {
            fn next(&mut self) -> impl Future<Output = Next> + Unpin {
                $future(self.next())
            }

            fn send(&mut self, value: Option<i64>) -> impl Future<Output = Next> + Unpin {
                $future(self.send(value))
            }

            fn try_send(
                &mut self,
                value: Option<i64>,
            ) -> Result<impl Future<Output = Next> + Unpin, Option<i64>> {
                self.try_send(value).map($future)
            }

            fn throw(&mut self, error: E) -> impl Future<Output = Result<Option<i64>, E>> + Unpin {
                $future(self.throw(error))
            }

            fn close(&mut self) -> impl Future<Output = Result<(), E>> + Unpin {
                $future(self.close())
            }

            fn take_return(&mut self) -> Option<Option<i64>> {
                self.take_return()
            }

            fn state(&self) -> State {
                self.state()
            }
        }
    };
}

calls!(Generator, identity);
calls!(RegularGenerator, ready);
