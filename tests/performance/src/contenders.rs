//! One file for each way to write a stream.

macro_rules! contenders {
    ($($(#[$cfg:meta])* $module:ident::$contender:ident,)+) => {
        $($(#[$cfg])* pub mod $module;)+

        /// Calls the visitor with each contender, the hand-written one first.
        pub fn visit(visitor: &mut impl Visitor) {
            $($(#[$cfg])* visitor.visit::<$module::$contender>();)+
        }
    };
}

contenders! {
    by_hand::ByHand,
    gen_runtime::GenRuntime,
    #[cfg(nightly)]
    nightly_async_gen::NightlyAsyncGen,
    #[cfg(nightly)]
    futures_async_stream::FuturesAsyncStream,
    unfold::Unfold,
    async_stream::AsyncStream,
    async_gen::AsyncGen,
    genawaiter_stack::GenawaiterStack,
    genawaiter_rc::GenawaiterRc,
    async_stream_lite::AsyncStreamLite,
    fauxgen::Fauxgen,
    asynk_strim::AsynkStrim,
    async_fn_stream::AsyncFnStream,
    channel::Channel,
}

/// What is done with each contender.
pub trait Visitor {
    /// Does it with one.
    fn visit<C: crate::Contender>(&mut self);
}

/// A contender, by name.
pub struct Entry {
    /// The name of its crate.
    pub name: &'static str,
    /// What it can do, and what it cannot.
    pub workloads: Vec<crate::workloads::Workload>,
}

impl Visitor for Vec<Entry> {
    fn visit<C: crate::Contender>(&mut self) {
        self.push(Entry {
            name: C::NAME,
            workloads: crate::workloads::of::<C>(),
        });
    }
}

/// All contenders.
#[must_use]
pub fn all() -> Vec<Entry> {
    let mut all = Vec::new();
    visit(&mut all);
    all
}
