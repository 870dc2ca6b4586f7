use proc_macro2::TokenTree;
use syn::{Attribute, Meta, Path};

/// What a piece of code inside a body's braces belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The body itself, and its regions: here a yield may stand.
    Body,
    /// What runs when a block is left.
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

    /// Whether this is code of the body, which is lowered.
    pub(crate) const fn is_lowered(self) -> bool {
        matches!(self, Scope::Body | Scope::Deferred)
    }
}

/// Whether a function has the attribute that makes it a generator, under a condition or not.
pub(crate) fn is_generator(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| match &attr.meta {
        Meta::List(list) if list.path.is_ident("cfg_attr") => {
            let mut tokens = list.tokens.clone().into_iter();
            tokens.any(|token| matches!(token, TokenTree::Ident(name) if name == "async_gen"))
        }
        _ => is_generator_attribute(attr),
    })
}

pub(crate) fn is_generator_attribute(attr: &Attribute) -> bool {
    attr.path()
        .segments
        .last()
        .is_some_and(|segment| segment.ident == "async_gen")
}

/// Whether an attribute is for a tool, such as `rustfmt::skip`. A user may give the tool's name to a
/// module, with a macro in it.
pub(crate) fn is_tool(path: &Path) -> bool {
    const TOOLS: [&str; 3] = ["clippy", "rustfmt", "rust_analyzer"];
    path.segments.len() > 1
        && TOOLS.iter().any(|tool| {
            path.segments
                .first()
                .is_some_and(|first| first.ident == tool)
        })
}
