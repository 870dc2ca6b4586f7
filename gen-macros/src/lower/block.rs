//! The block that the yields of a body, or of a region, belong to.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::{Lifetime, Stmt};

use crate::names::Names;

/// `'label: { .. }`.
pub(crate) struct Block {
    pub(crate) label: Lifetime,
    pub(crate) statements: Vec<Stmt>,
    /// Whether a yield stands in the tokens of another macro, and needs a `yield_!` to call.
    pub(crate) hidden_yield: bool,
    /// Whether a yield stands in the block itself.
    pub(crate) visible_yield: bool,
    /// Whether the value of the last statement is that of the block.
    pub(crate) is_value: bool,
    /// Where the user's own braces stand.
    pub(crate) braces: Span,
}

impl Block {
    /// Output: `'label: { .. }`. `wrapped` is whether it stands in an `Ok(..)` or the like: if nothing
    /// leaves the block, that is unreachable.
    pub(crate) fn tokens(&self, names: &Names, wrapped: bool) -> TokenStream {
        let span = Span::mixed_site();
        let (body, label) = (&names.body, &self.label);
        let hidden_yield = self.hidden_yield.then(|| self.yield_macro(names));
        let leave = (wrapped && !self.visible_yield)
            .then(|| quote_spanned!(span=> if false { break #label #body.never() }));
        let statements = &self.statements;
        let mut block = Group::new(Delimiter::Brace, quote!(#(#statements)*));
        let statements = match &statements[..] {
            // How long the temporaries of a value at the end live is for the edition of the user's
            // crate to decide, and a block is of the edition of its braces.
            [.., _, Stmt::Expr(_, None)] if self.is_value => {
                block.set_span(self.braces);
                block.into_token_stream()
            }
            _ => block.stream(),
        };
        quote_spanned!(span=> #label: { #hidden_yield #leave #statements })
    }

    /// Input: `yield_!(v)` in the tokens of another macro.
    ///
    /// Output: the `yield_!` that it calls when that macro is expanded.
    ///
    /// It holds all that it expands to, and forwards to no other macro: nobody else is to be given the
    /// right to yield.
    fn yield_macro(&self, names: &Names) -> TokenStream {
        let (body, label) = (&names.body, &self.label);
        let span = Span::mixed_site();
        let name = Ident::new("yield_", Span::call_site());
        quote_spanned! {span=>
            macro_rules! #name {
                () => { #name!(()) };
                ($value:expr) => {
                    #body.yield_($value, if false { break #label #body.never() }).await
                };
            }
        }
    }
}
