//! Arguments that a loop may run over in place.
//!
//! A variable that an async block captures and then moves is stored twice, so a generator that loops over another one
//! would be twice as large as that. If only the head of a `#[for_await]` mentions an argument, the body cannot observe
//! whether the loop moved it.
//!
//! Names are compared by their text here, which only selects candidates. In the body the name stands for a value of a
//! type of its own, and the loop runs over the argument if rustc resolves the name in its head to that value.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::format_ident;
use syn::Expr;
use syn::ext::IdentExt as _;

use crate::handover::Binding;
use crate::syntax::opaque_macros::{ends_in_call_of_others, is_ident};

/// An argument, and the variable that it is moved to before the body begins. The user's code cannot name it.
pub(crate) struct Place {
    pub(crate) argument: Ident,
    pub(crate) variable: Ident,
}

impl Place {
    /// Returns whether an expression is the name of the argument.
    pub(crate) fn is(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Path(path) => path.attrs.is_empty() && path.path.is_ident(&self.argument),
            _ => false,
        }
    }
}

/// Lists the arguments that a body mentions once, and before any macro call, which could mention them too.
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

/// Counts how often tokens mention a name.
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
                    let mentions = self.mentions;
                    self.visit(group.stream());
                    // It may run more than once, and move a `Copy` stream each time.
                    if self.mentions > mentions && tokens[..at].iter().any(is_loop) {
                        self.mentions = Search::MANY;
                    }
                }
                TokenTree::Ident(ident) => self.mentions += usize::from(ident.unraw() == self.name),
                // It may be a format string.
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

fn is_loop(token: &TokenTree) -> bool {
    ["for", "loop", "while"]
        .iter()
        .any(|keyword| is_ident(token, keyword))
}
