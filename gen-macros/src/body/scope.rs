/// The innermost code around a place inside a body that decides whether a yield may be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The body itself, and its regions.
    Body,
    /// The block of a `defer!`.
    Deferred,
    Closure,
    AsyncBlock,
    Function,
    Constant,
}

impl Scope {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Scope::Body => "the body",
            Scope::Deferred => "`defer!`",
            Scope::Closure => "a closure",
            Scope::AsyncBlock => "an async block",
            Scope::Function => "a nested function",
            Scope::Constant => "a constant",
        }
    }

    /// Returns whether this is code of the body, which is lowered.
    pub(crate) const fn is_lowered(self) -> bool {
        matches!(self, Scope::Body | Scope::Deferred)
    }
}
