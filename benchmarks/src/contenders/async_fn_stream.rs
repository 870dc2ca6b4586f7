//! The closure of async-fn-stream.

use ::async_fn_stream::fn_stream;

use crate::Contender;

/// See the module.
pub struct AsyncFnStream;

impl Contender for AsyncFnStream {
    const NAME: &'static str = "async-fn-stream";

    closures!(fn_stream, emit);
}
