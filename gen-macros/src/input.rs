use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream, Parser as _};
use syn::visit_mut::VisitMut as _;
use syn::{AttrStyle, Attribute, Meta, Signature, Stmt, Token, Visibility, braced};

use crate::errors::Errors;
use crate::spelling::YieldToKeyword;

/// A function under the attribute.
///
/// The body is kept as tokens until the signature is known, so that a syntax error in it does not
/// take the function away from its callers.
pub(crate) struct Function {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) sig: Signature,
    pub(crate) body: Option<TokenStream>,
}

impl Parse for Function {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut attrs = input.call(Attribute::parse_outer)?;
        let vis = input.parse()?;
        if !(input.peek(Token![fn]) || is_function(input)) {
            return Err(
                input.error("`#[async_gen]` is not supported here; put it on an `async fn`")
            );
        }
        let sig = input.parse()?;
        let body = if input.parse::<Option<Token![;]>>()?.is_some() {
            None
        } else {
            let content;
            braced!(content in input);
            // They stand before the function now.
            attrs.extend(
                content
                    .call(Attribute::parse_inner)?
                    .into_iter()
                    .map(|attr| Attribute {
                        style: AttrStyle::Outer,
                        ..attr
                    }),
            );
            Some(content.parse()?)
        };
        Ok(Function {
            attrs,
            vis,
            sig,
            body,
        })
    }
}

fn is_function(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    ahead.parse::<Signature>().is_ok()
        || input.peek(Token![async])
        || input.peek(Token![unsafe])
        || input.peek(Token![const]) && input.peek2(Token![fn])
}

/// The statements of a body, with yields of one spelling.
pub(crate) fn statements(body: TokenStream, errors: &mut Errors) -> Option<Vec<Stmt>> {
    let mut statements = errors.ok(syn::Block::parse_within.parse2(body))?;
    let mut spelling = YieldToKeyword { errors };
    for statement in &mut statements {
        spelling.visit_stmt_mut(statement);
    }
    Some(statements)
}

/// What stands in `async_gen_block! { .. }`.
pub(crate) struct Block {
    /// What the first line `#![async_gen(..)]` names.
    pub(crate) args: TokenStream,
    pub(crate) body: TokenStream,
}

impl Parse for Block {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut args = TokenStream::new();
        for attr in input.call(Attribute::parse_inner)? {
            match attr.meta {
                Meta::List(list) if list.path.is_ident("async_gen") => args = list.tokens,
                other => {
                    let message = "unknown attribute, expected `#![async_gen(..)]`";
                    return Err(syn::Error::new_spanned(other, message));
                }
            }
        }
        Ok(Block {
            args,
            body: input.parse()?,
        })
    }
}
