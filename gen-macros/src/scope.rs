use syn::Attribute;

/// What a piece of code inside a body's braces belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The body itself: here a yield may stand.
    Body,
    Closure,
    AsyncBlock,
    Function,
    Constant,
}

impl Scope {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Scope::Body => "the body",
            Scope::Closure => "a closure",
            Scope::AsyncBlock => "an async block",
            Scope::Function => "a nested function",
            Scope::Constant => "a constant",
        }
    }
}

/// Whether a function has the attribute that makes it a generator.
pub(crate) fn is_generator(attrs: &[Attribute]) -> bool {
    attrs.iter().any(is_generator_attribute)
}

pub(crate) fn is_generator_attribute(attr: &Attribute) -> bool {
    attr.path()
        .segments
        .last()
        .is_some_and(|segment| segment.ident == "async_gen")
}
