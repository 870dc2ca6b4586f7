use proc_macro2::{Ident, Span};
use syn::{Lifetime, Path, parse_quote_spanned};

use crate::args::Args;

/// The names that an expansion adds. Mixed-site, so that no code of the user's can say them; the
/// underscores keep variables from meeting a constant, which no hygiene does.
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
