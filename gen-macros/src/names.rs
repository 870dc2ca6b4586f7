use proc_macro2::{Ident, Span};
use syn::{Lifetime, Path, parse_quote_spanned};

use crate::args::Args;

/// The names that an expansion adds.
///
/// Mixed-site, so that no code of the user's can say the variable or the label. No hygiene keeps a
/// constant of the same name from taking a variable's place; hence the underscores. What takes it
/// gains nothing: it is not the right to yield.
pub(crate) struct Names {
    /// The path of the runtime crate.
    pub(crate) krate: Path,
    /// The variable that holds the body's right to yield.
    pub(crate) body: Ident,
    /// The label of the block that is the body.
    pub(crate) scope: Lifetime,
}

impl Names {
    pub(crate) fn new(args: &Args) -> Self {
        let span = Span::mixed_site();
        let krate = args
            .krate
            .clone()
            .unwrap_or_else(|| parse_quote_spanned!(span=> ::gen_runtime));
        Names {
            krate,
            body: Ident::new("__body", span),
            scope: Lifetime::new("'body", span),
        }
    }
}
