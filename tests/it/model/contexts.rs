//! The generators of a sequence that run in a context.

use std::cell::Cell;

thread_local! {
    static CONTEXTS: Cell<u32> = const { Cell::new(Contexts::NONE.0) };
}

/// One bit for each generator, in the order in which they are made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Contexts(pub(crate) u32);

impl Contexts {
    pub(crate) const NONE: Self = Contexts(0);
    pub(crate) const ALL: Self = Contexts(u32::MAX);

    /// Applies to the generators that are made on this thread from here on.
    pub(crate) fn apply(self) {
        CONTEXTS.set(self.0);
    }

    /// Returns whether the generator that is made now runs in a context.
    pub(crate) fn covers_next() -> bool {
        let bits = CONTEXTS.get();
        CONTEXTS.set(bits.rotate_right(1));
        bits & 1 == 1
    }
}

/// Puts a generator on the heap, in a context of its own if it is its turn.
macro_rules! perhaps_in_context {
    ($handle:path, $generator:expr) => {{
        let generator = $generator;
        if $crate::model::contexts::Contexts::covers_next() {
            $handle(gen_runtime::in_context(generator, |poll| poll())).into()
        } else {
            generator
        }
    }};
}
pub(crate) use perhaps_in_context;
