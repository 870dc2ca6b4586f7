//! The closure of asynk-strim.

use ::asynk_strim::stream_fn;

use crate::Contender;

/// See the module.
pub struct AsynkStrim;

impl Contender for AsynkStrim {
    const NAME: &'static str = "asynk-strim";

    closures!(stream_fn, yield_item, mut);
}
