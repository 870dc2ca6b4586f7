//! Arguments that a loop may run over where they are.
//!
//! A variable that an async block captures and then moves is stored twice, and so a generator that is
//! given another one and loops over it would be twice as large as that. If nothing but the head of a
//! `#[for_await]` says its name, nobody can tell whether the loop moved it.
//!
//! Names are compared by their text here, which decides only what is offered: in the body the name stands
//! for a value of a type of its own, and the loop is over the argument if the compiler resolves the name
//! in its head to that value.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::format_ident;
use syn::Expr;
use syn::ext::IdentExt as _;

use crate::foreign::ends_in_call_of_others;
use crate::input::Binding;

/// An argument, and the variable that it is moved to before the body begins: one that no code of the
/// user's can name.
pub(crate) struct Place {
    pub(crate) argument: Ident,
    pub(crate) variable: Ident,
}

impl Place {
    /// Whether an expression is spelled as the argument.
    pub(crate) fn is(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Path(path) => path.attrs.is_empty() && path.path.is_ident(&self.argument),
            _ => false,
        }
    }
}

/// The arguments that a body mentions once, before any macro is called, which could mention them as well.
pub(crate) fn candidates(captures: &[Binding], body: &TokenStream) -> Vec<Place> {
    let has_text = |name: &Ident, other: &Binding| other.name.unraw() == name.unraw();
    let candidates = captures.iter().enumerate().filter(|(_, capture)| {
        let name = &capture.name;
        let unique = captures
            .iter()
            .filter(|other| has_text(name, other))
            .count()
            == 1;
        unique && capture.cfgs.is_empty() && {
            let mut search = Search::new(name);
            search.visit(body.clone());
            search.mentions == 1
        }
    });
    let places = candidates.map(|(index, capture)| Place {
        argument: capture.name.clone(),
        variable: format_ident!("__argument{index}", span = Span::mixed_site()),
    });
    places.collect()
}

/// How often tokens name a variable.
struct Search {
    name: Ident,
    mentions: usize,
}

impl Search {
    /// More than once.
    const MANY: usize = 2;

    fn new(name: &Ident) -> Self {
        let name = name.unraw();
        Search { name, mentions: 0 }
    }

    fn visit(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => {
                    if self.mentions == 0 && ends_in_call_of_others(&tokens[..at]) {
                        self.mentions = Search::MANY;
                    }
                    self.visit(group.stream());
                }
                TokenTree::Ident(ident) => self.mentions += usize::from(ident.unraw() == self.name),
                // A format, perhaps.
                TokenTree::Literal(literal) => {
                    if literal.to_string().contains(&self.name.to_string()) {
                        self.mentions += Search::MANY;
                    }
                }
                TokenTree::Punct(_) => {}
            }
        }
    }
}
