use quote::quote_spanned;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Macro, Token, parse_quote_spanned};

use super::{Before, span_of};

mod keyword {
    syn::custom_keyword!(biased);
}

/// What stands in `join!(..)`.
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

/// Input: `join!(a, b)`.
///
/// Output: `async { join!(a, b) }.await`, an await of the body's own.
pub(super) fn to_syntax(call: &Macro, attrs: &[Attribute]) -> Option<Expr> {
    let span = span_of(call);
    let Join {
        biased,
        mut futures,
    } = call.parse_body().ok()?;
    let mut before = Before::default();
    for future in &mut futures {
        before.take(future, span);
    }
    let biased = biased.map(|(word, end)| quote_spanned!(span=> #word #end));
    let call = Macro {
        tokens: quote_spanned!(span=> #biased #futures),
        ..call.clone()
    };
    let joined = parse_quote_spanned!(span=> #(#attrs)* async { #call }.await);
    Some(before.then(joined, span))
}
