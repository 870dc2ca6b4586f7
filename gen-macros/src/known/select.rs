use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Expr, Macro, Pat, PatIdent, Token, parse_quote_spanned};

use super::{Before, span_of};
use crate::names::Names;

/// What stands in `select! { .. }`, of tokio or of futures.
struct Select {
    /// `biased;`
    biased: Option<TokenStream>,
    branches: Vec<Branch>,
}

/// `head => handler,`
struct Branch {
    head: Head,
    handler: Expr,
    comma: Option<Token![,]>,
}

enum Head {
    Awaited(Box<Awaited>),
    /// `else`, `default`, `complete`
    Word(Ident),
}

/// `pat = future, if condition`
struct Awaited {
    pat: Pat,
    future: Expr,
    condition: Option<Expr>,
}

impl Parse for Select {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut biased = None;
        if input.peek(syn::Ident) && input.peek2(Token![;]) {
            let (word, end): (Ident, Token![;]) = (input.parse()?, input.parse()?);
            biased = Some(quote!(#word #end));
        }
        let mut branches = Vec::new();
        while !input.is_empty() {
            branches.push(input.parse()?);
        }
        Ok(Select { biased, branches })
    }
}

impl Parse for Branch {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let head = if input.peek(Ident::peek_any) && input.peek2(Token![=>]) {
            Head::Word(input.call(Ident::parse_any)?)
        } else {
            Head::Awaited(Box::new(input.parse()?))
        };
        input.parse::<Token![=>]>()?;
        let handler = Expr::parse_with_earlier_boundary_rule(input)?;
        let comma: Option<Token![,]> = input.parse()?;
        if comma.is_none() && !input.is_empty() && !matches!(handler, Expr::Block(_)) {
            return Err(input.error("expected `,`"));
        }
        Ok(Branch {
            head,
            handler,
            comma,
        })
    }
}

impl Parse for Awaited {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let pat = Pat::parse_multi_with_leading_vert(input)?;
        input.parse::<Token![=]>()?;
        let future = input.parse()?;
        let mut condition = None;
        if input.parse::<Option<Token![,]>>()?.is_some() {
            input.parse::<Token![if]>()?;
            condition = Some(input.parse()?);
        }
        Ok(Awaited {
            pat,
            future,
            condition,
        })
    }
}

/// Input: `select! { Some(row) = rows.next() => handler, else => other }`.
///
/// Output:
///
/// ```text
/// match async {
///     select! { Some(row) = rows.next() => Exit::End(row), else => Exit::Leave(()) }
/// }
/// .await
/// {
///     Exit::End(row) => handler,
///     Exit::Leave(()) => other,
/// }
/// ```
///
/// The block makes one await of the whole call. The handlers stand outside of it, where they are code
/// of the body.
pub(super) fn to_syntax(call: &Macro, attrs: &[Attribute], names: &Names) -> Option<Expr> {
    let Select { biased, branches } = call.parse_body().ok()?;
    if branches.is_empty() {
        return None;
    }
    let span = span_of(call);
    let count = branches.len();
    let mut before = Before::default();
    let mut underscored = false;
    let (mut chosen, mut arms) = (TokenStream::new(), Vec::new());
    for (index, branch) in branches.into_iter().enumerate() {
        let Branch {
            head,
            handler,
            comma,
        } = branch;
        let mut bindings = Bindings::default();
        let head = match head {
            Head::Word(word) => word.into_token_stream(),
            Head::Awaited(awaited) => awaited.without_handler(&mut bindings, &mut before, span)?,
        };
        underscored |= bindings.underscored();
        let mut value = names.exit(index, count, &tuple(&bindings.names), span);
        if let Expr::Block(_) = handler {
            value = quote_spanned!(span=> { #value });
        }
        chosen.extend(quote_spanned!(span=> #head => #value #comma));
        let pat = names.exit(index, count, &tuple(&bindings.pats), span);
        arms.push(quote_spanned!(span=> #pat => #handler,));
        if let (1, Expr::Break(_)) = (index, handler) {
            // A lint would take a loop around it for a `while let`.
            arms.reverse();
        }
    }
    let call = Macro {
        tokens: quote_spanned!(span=> #biased #chosen),
        ..call.clone()
    };
    let chosen = if underscored {
        // It is the user's pattern that has the name.
        quote_spanned! {span=>
            #[allow(clippy::used_underscore_binding)]
            let __exit = #call;
            __exit
        }
    } else {
        call.into_token_stream()
    };
    let select = parse_quote_spanned! {span=>
        #(#attrs)* match async { #chosen }.await { #(#arms)* }
    };
    Some(before.then(select, span))
}

impl Awaited {
    /// The tokens of it, and what its pattern binds. Nothing where that is not known.
    fn without_handler(
        self,
        bindings: &mut Bindings,
        before: &mut Before,
        span: Span,
    ) -> Option<TokenStream> {
        let Awaited {
            mut pat,
            mut future,
            mut condition,
        } = self;
        bindings.visit_pat_mut(&mut pat);
        if bindings.hidden {
            return None;
        }
        if let Some(condition) = &mut condition {
            before.take(condition, span);
        }
        before.take(&mut future, span);
        let condition = condition.map(|condition| quote_spanned!(span=> , if #condition));
        Some(quote_spanned!(span=> #pat = #future #condition))
    }
}

/// The names that a pattern binds. They leave the macro by value, and are bound outside as the user
/// wrote it.
#[derive(Default)]
struct Bindings {
    names: Vec<Ident>,
    pats: Vec<PatIdent>,
    /// Whether a macro may bind more of them.
    hidden: bool,
}

impl Bindings {
    fn underscored(&self) -> bool {
        self.names
            .iter()
            .any(|name| name.to_string().starts_with('_'))
    }
}

impl VisitMut for Bindings {
    fn visit_pat_ident_mut(&mut self, node: &mut PatIdent) {
        visit_mut::visit_pat_ident_mut(self, node);
        // Otherwise it is a constant.
        let binds = node.subpat.is_some()
            || node.by_ref.is_some()
            || !node.ident.to_string().starts_with(char::is_uppercase);
        if !binds {
            return;
        }
        let pat = PatIdent {
            attrs: Vec::new(),
            by_ref: node.by_ref.take(),
            mutability: node.mutability.take(),
            ident: node.ident.clone(),
            subpat: None,
        };
        if !self.names.contains(&node.ident) {
            self.names.push(node.ident.clone());
            self.pats.push(pat);
        }
    }

    fn visit_macro_mut(&mut self, _: &mut Macro) {
        self.hidden = true;
    }

    fn visit_expr_mut(&mut self, _: &mut Expr) {}
}

/// `()`, the only one, or `(a, b)`.
fn tuple<T: ToTokens>(elements: &[T]) -> TokenStream {
    if let [one] = elements {
        return one.to_token_stream();
    }
    quote!((#(#elements),*))
}
