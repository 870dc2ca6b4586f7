use proc_macro2::{Delimiter, Group};
use syn::parse::ParseStream;
use syn::{AttrStyle, Attribute, Signature, Token, Visibility, braced};

use crate::kind::Kind;

/// A function under the attribute. Its body is not parsed here, but by `async_gen_body!`.
pub(crate) struct Function {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) sig: Signature,
    pub(crate) body: Option<Group>,
}

/// Returns a parser of the functions that the attribute of a kind is for.
pub(crate) fn function(kind: Kind) -> impl Fn(ParseStream<'_>) -> syn::Result<Function> {
    move |input| Function::parse(kind, input)
}

impl Function {
    fn parse(kind: Kind, input: ParseStream<'_>) -> syn::Result<Self> {
        let mut attrs = input.call(Attribute::parse_outer)?;
        let vis = input.parse()?;
        if input.fork().parse::<Signature>().is_err() && !input.peek(Token![async]) {
            let article = if kind == Kind::Async { "an" } else { "a" };
            let message = format!(
                "`#[{}]` is not supported here; put it on {article} `{}`",
                kind.attribute(),
                kind.function()
            );
            return Err(input.error(message));
        }
        let sig = input.parse()?;
        if input.parse::<Option<Token![;]>>()?.is_some() {
            return Ok(Function {
                attrs,
                vis,
                sig,
                body: None,
            });
        }
        let content;
        let braces = braced!(content in input);
        // Inner attributes become outer ones.
        for mut attr in content.call(Attribute::parse_inner)? {
            attr.style = AttrStyle::Outer;
            attrs.push(attr);
        }
        let mut body = Group::new(Delimiter::Brace, content.parse()?);
        body.set_span(braces.span.join());
        Ok(Function {
            attrs,
            vis,
            sig,
            body: Some(body),
        })
    }
}
