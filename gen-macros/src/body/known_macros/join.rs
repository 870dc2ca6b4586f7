use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Macro, Token, parse_quote_spanned};

use super::Before;
use crate::names;

mod keyword {
    syn::custom_keyword!(biased);
}

/// The content of `join!(..)`.
struct Join {
    biased: Option<(keyword::biased, Token![;])>,
    futures: Punctuated<Expr, Token![,]>,
}

impl Parse for Join {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut biased = None;
        if input.peek(keyword::biased) && input.peek2(Token![;]) {
            biased = Some((input.parse()?, input.parse()?));
        }
        Ok(Join {
            biased,
            futures: Punctuated::parse_terminated(input)?,
        })
    }
}

/// Input: `join!(a(), b)`.
///
/// Output:
///
/// ```text
/// {
///     let __future0 = a();
///     let __future1 = b;
///     let __call = async { join!({ __future0 }, { __future1 }) };
///     __call.await
/// }
/// ```
pub(super) fn to_syntax(call: &Macro, attrs: &[Attribute]) -> Option<Expr> {
    let Join {
        biased,
        mut futures,
    } = call.parse_body().ok()?;
    let mut before = Before::default();
    for (index, future) in futures.iter_mut().enumerate() {
        before.take(future, &format!("__future{index}"));
    }
    let biased = biased.map(|(word, end)| quote!(#word #end));
    // The user's own span, so that lints about unused values point there.
    let span = call.path.segments[0].ident.span();
    let name = names::call(span);
    let joined = parse_quote_spanned!(span=> #name.await);
    Some(before.then(call, quote!(#biased #futures), joined, attrs))
}
