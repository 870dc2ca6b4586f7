//! Arguments that a loop may run over where they are.
//!
//! A variable that an async block captures and then moves is stored twice, and so a generator that is
//! given another one and loops over it would be twice as large as that. If nothing but the head of a
//! `#[for_await]` says its name, nobody can tell whether the loop moved it.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::format_ident;
use syn::Expr;
use syn::ext::IdentExt as _;

use crate::input::Binding;

/// An argument, and the variable that it is moved to before the body begins: one that no code of the
/// user's can name.
pub(crate) struct Place {
    pub(crate) argument: Ident,
    pub(crate) name: Ident,
}

impl Place {
    /// Whether an expression is the argument.
    pub(crate) fn is(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Path(path) => path.attrs.is_empty() && path.path.is_ident(&self.argument),
            _ => false,
        }
    }
}

/// The arguments that a body mentions once.
pub(crate) fn candidates(captures: &[Binding], body: &TokenStream) -> Vec<Place> {
    let unconditional = captures.iter().filter(|capture| capture.cfgs.is_empty());
    let once = unconditional.filter(|capture| mentions(&capture.name, body.clone()) == 1);
    let places = once.map(|Binding { name, .. }| Place {
        argument: name.clone(),
        // Not `__body` for an argument that is called `body`.
        name: format_ident!("__{}_place", name.unraw(), span = Span::mixed_site()),
    });
    places.collect()
}

/// How often tokens name a variable. A literal may, where it is a format.
fn mentions(name: &Ident, tokens: TokenStream) -> usize {
    let count = |token| match token {
        TokenTree::Group(group) => mentions(name, group.stream()),
        TokenTree::Ident(ident) => usize::from(ident == *name),
        // Never once.
        TokenTree::Literal(literal) => {
            2 * usize::from(literal.to_string().contains(&name.unraw().to_string()))
        }
        TokenTree::Punct(_) => 0,
    };
    tokens.into_iter().map(count).sum()
}
