use proc_macro2::{Delimiter, Group};
use syn::parse::{Parse, ParseStream};
use syn::{AttrStyle, Attribute, Signature, Token, Visibility, braced};

/// A function under the attribute. Its body is not parsed here, but by `async_gen_body!`.
pub(crate) struct Function {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) sig: Signature,
    pub(crate) body: Option<Group>,
}

impl Parse for Function {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut attrs = input.call(Attribute::parse_outer)?;
        let vis = input.parse()?;
        if input.fork().parse::<Signature>().is_err() && !input.peek(Token![async]) {
            let message = "`#[async_gen]` is not supported here; put it on an `async fn`";
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
