//! The closure of async-stream-lite.

use ::async_stream_lite::async_stream;

use crate::Contender;

/// See the module.
pub struct AsyncStreamLite;

impl Contender for AsyncStreamLite {
    const NAME: &'static str = "async-stream-lite";

    closures!(async_stream, y);
}
