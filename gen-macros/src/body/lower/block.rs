//! The labelled block of a body or of a region.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::{Expr, Stmt};

use super::Scope;
use super::suspension::Yield;
use crate::args::Args;
use crate::names::Names;

/// `'label: { .. }`.
pub(crate) struct Block {
    pub(super) scope: Scope,
    pub(super) statements: Vec<Stmt>,
    /// Whether the last statement is guarded by a `defer!`.
    pub(super) guarded: bool,
    /// Whether the value of the last statement is that of the block.
    pub(super) is_value: bool,
    /// The user's braces.
    pub(super) braces: Span,
}

impl Block {
    /// Output: `'label: { .. }`, without the label if nothing needs it.
    ///
    /// If the block never ends, it gets an unreachable `break`, so that `unreachable_code` does not fire at the code
    /// around it.
    pub(crate) fn tokens(&self, args: &Args, names: &Names) -> TokenStream {
        let span = Span::mixed_site();
        let (body, label) = (&names.body, &self.scope.label);
        let mut uses = self.scope.uses;
        let called = uses.macros;
        let macros = [
            called.yields.then(|| self.yield_macro(args, names)),
            called
                .yield_from
                .then(|| self.yield_from_macro(args, names)),
            called.yield_all.then(|| self.yield_all_macro(args, names)),
        ];
        let macros: TokenStream = macros.into_iter().flatten().collect();
        let handed = &self.scope.handed_macros;
        let place = self.scope.place.then(|| {
            let place = &names.place;
            quote_spanned!(span=> let mut #place = #body.enter().await;)
        });
        let leave = (!uses.label && !self.is_left())
            .then(|| quote_spanned!(span=> if false { break #label #body.never() }));
        let statements = &self.statements;
        let mut block = Group::new(Delimiter::Brace, quote!(#(#statements)*));
        // The user's own braces: the edition of a block decides how long the temporaries of its value live.
        let has_temporaries = match &statements[..] {
            [.., _, Stmt::Expr(value, None)] => {
                self.is_value && !self.guarded && !matches!(value, Expr::Block(_))
            }
            _ => false,
        };
        let statements = if has_temporaries {
            block.set_span(self.braces);
            block.into_token_stream()
        } else {
            block.stream()
        };
        uses.label |= !macros.is_empty() || leave.is_some();
        let label = uses.label.then(|| quote_spanned!(span=> #label:));
        quote_spanned!(span=> #label { #macros #(#handed)* #leave #place #statements })
    }

    /// Returns whether the end of the block can certainly be reached.
    fn is_left(&self) -> bool {
        match self.statements.last() {
            None | Some(Stmt::Local(_) | Stmt::Item(_)) => true,
            Some(Stmt::Macro(_)) => false,
            Some(Stmt::Expr(last, _)) => {
                self.guarded
                    || matches!(
                        last,
                        Expr::Assign(_)
                            | Expr::Await(_)
                            | Expr::Binary(_)
                            | Expr::ForLoop(_)
                            | Expr::MethodCall(_)
                            | Expr::Try(_)
                            | Expr::While(_)
                    )
            }
        }
    }

    /// Input: `yield_!(v)` and `yield_result!(r)` in the tokens of another macro.
    ///
    /// Output: the macros that are called when that macro is expanded. They do not call other macros, which would
    /// receive the right to yield.
    fn yield_macro(&self, args: &Args, names: &Names) -> TokenStream {
        let span = Span::mixed_site();
        let rt = &names.rt;
        let expansion = |value, is_item| {
            let yields = Yield {
                names,
                label: &self.scope.label,
                value,
                place: None,
                is_fresh: false,
                is_item,
                sends_value: args.sends_value(),
                keyword: span,
            };
            yields.tokens()
        };
        let value = expansion(quote_spanned!(span=> $value), false);
        let name = Ident::new("yield_", Span::call_site());
        let mut items = TokenStream::new();
        let mut results = None;
        if args.throws.is_some() {
            for variant in ["Ok", "Err"].map(|variant| Ident::new(variant, span)) {
                let item = quote_spanned!(span=> #rt::#variant($($item)*));
                let item = expansion(item, true);
                items.extend(quote_spanned!(span=> (#variant($($item:tt)*)) => { #item };));
            }
            let name = Ident::new("yield_result", Span::call_site());
            let item = expansion(quote_spanned!(span=> $item), true);
            results = Some(quote_spanned! {span=>
                #[allow(unused_macros)]
                macro_rules! #name { ($item:expr) => { #item } }
            });
        }
        quote_spanned! {span=>
            #[allow(unused_macros)]
            macro_rules! #name {
                () => { #name!(()) };
                #items
                ($value:expr) => { #value };
            }
            #results
        }
    }
}
