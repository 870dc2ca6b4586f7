//! The lifetimes of a boxed generator: it holds every argument, so each must outlive it.

use proc_macro2::Span;
use syn::visit_mut::{self, VisitMut};
use syn::{
    FnArg, GenericParam, Lifetime, ReceiverKind, Signature, TraitBound, Type, TypeParamBound,
    WherePredicate, parse_quote,
};

use crate::kind::Kind;

/// Input: `fn f<'a, T>(&self, text: &str, t: &'a T, i: impl Tr) -> Box<..>`
///
/// Output:
///
/// ```text
/// fn f<'a: 'async_gen, 'async_gen0: 'async_gen, 'async_gen1: 'async_gen, 'async_gen, T>(
///     &'async_gen0 self, text: &'async_gen1 str, t: &'a T, i: impl Tr + 'async_gen,
/// ) -> Box<..>
/// where T: 'async_gen, Self: 'async_gen
/// ```
///
/// If there is one lifetime and nothing generic, that lifetime is the generator's:
/// `fn f<'async_gen0>(&'async_gen0 self) -> Box<..>`. So the function has the type of one that is written with `'_`, as a
/// trait may require.
///
/// The types in `named`, which the function returns, get the lifetime that elision would give them.
/// Returns the lifetime of the boxed generator, whose name is that of the attribute.
pub(crate) fn spell_out(sig: &mut Signature, named: &mut [&mut Type], kind: Kind) -> Lifetime {
    let generator = Lifetime::new(&format!("'{}", kind.attribute()), Span::mixed_site());
    let mut inputs = Elided::new(&generator);
    let mut receiver = None;
    for input in &mut sig.inputs {
        inputs.visit_fn_arg_mut(input);
        if let FnArg::Receiver(_) = input {
            receiver = inputs.seen.first().cloned();
        }
    }
    let only = match &inputs.seen[..] {
        [only] => Some(only.clone()),
        _ => None,
    };
    if let Some(lifetime) = receiver.or_else(|| only.clone()) {
        let mut output = Elided::new(&generator);
        output.with = Some(lifetime);
        for ty in named {
            output.visit_type_mut(ty);
        }
    }

    let lifetimes = sig.generics.lifetimes().count();
    let borrows = match sig.inputs.first() {
        Some(FnArg::Receiver(receiver)) => matches!(receiver.kind, ReceiverKind::Reference(..)),
        _ => true,
    };
    let generic = inputs.generic || sig.generics.type_params().next().is_some();
    if let (Some(only), true, false) = (only, borrows, generic) {
        for fresh in inputs.fresh {
            sig.generics.params.insert(lifetimes, parse_quote!(#fresh));
        }
        return only;
    }

    let mut bounded: Vec<WherePredicate> = Vec::new();
    for param in &mut sig.generics.params {
        match param {
            GenericParam::Lifetime(param) => param.bounds.push(generator.clone()),
            // Bounds are added where the parameter has some already: clippy warns of bounds in two places.
            GenericParam::Type(param) if param.bounds.is_empty() => {
                let ident = &param.ident;
                bounded.push(parse_quote!(#ident: #generator));
            }
            GenericParam::Type(param) => {
                param
                    .bounds
                    .push(TypeParamBound::Lifetime(generator.clone()));
            }
            GenericParam::Const(_) => {}
        }
    }
    for (offset, fresh) in inputs.fresh.iter().enumerate() {
        sig.generics
            .params
            .insert(lifetimes + offset, parse_quote!(#fresh: #generator));
    }
    sig.generics
        .params
        .insert(lifetimes + inputs.fresh.len(), parse_quote!(#generator));
    if matches!(sig.inputs.first(), Some(FnArg::Receiver(_))) {
        bounded.push(parse_quote!(Self: #generator));
    }
    if !bounded.is_empty() {
        sig.generics.make_where_clause().predicates.extend(bounded);
    }
    generator
}

/// Names the elided lifetimes of a signature: each by a fresh name, or all of them by `with`.
struct Elided<'a> {
    generator: &'a Lifetime,
    fresh: Vec<Lifetime>,
    /// All lifetimes, in the order of their first occurrence.
    seen: Vec<Lifetime>,
    with: Option<Lifetime>,
    /// The lifetimes that a `for<..>` around this place introduces.
    bound: Vec<Lifetime>,
    /// Whether there is an `impl Trait`.
    generic: bool,
}

impl<'a> Elided<'a> {
    const fn new(generator: &'a Lifetime) -> Self {
        Elided {
            generator,
            fresh: Vec::new(),
            seen: Vec::new(),
            with: None,
            bound: Vec::new(),
            generic: false,
        }
    }

    fn name(&mut self) -> Lifetime {
        if let Some(lifetime) = &self.with {
            return lifetime.clone();
        }
        let lifetime = Lifetime::new(
            &format!("'{}{}", self.generator.ident, self.fresh.len()),
            Span::mixed_site(),
        );
        self.fresh.push(lifetime.clone());
        self.saw(&lifetime);
        lifetime
    }

    fn saw(&mut self, lifetime: &Lifetime) {
        if !self.seen.contains(lifetime) && !self.bound.contains(lifetime) {
            self.seen.push(lifetime.clone());
        }
    }
}

impl VisitMut for Elided<'_> {
    fn visit_receiver_mut(&mut self, receiver: &mut syn::Receiver) {
        if let ReceiverKind::Reference(_, lifetime @ None, _) = &mut receiver.kind {
            *lifetime = Some(self.name());
        } else {
            visit_mut::visit_receiver_mut(self, receiver);
        }
    }

    fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
        if reference.lifetime.is_none() {
            reference.lifetime = Some(self.name());
        }
        visit_mut::visit_type_reference_mut(self, reference);
    }

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if lifetime.ident == "_" {
            *lifetime = self.name();
        } else {
            self.saw(&lifetime.clone());
        }
    }

    fn visit_type_impl_trait_mut(&mut self, ty: &mut syn::TypeImplTrait) {
        visit_mut::visit_type_impl_trait_mut(self, ty);
        self.generic = true;
        if self.with.is_none() {
            ty.bounds
                .push(TypeParamBound::Lifetime(self.generator.clone()));
        }
    }

    fn visit_trait_bound_mut(&mut self, bound: &mut TraitBound) {
        let outer = self.bound.len();
        let own = bound.lifetimes.iter().flat_map(|own| &own.lifetimes);
        self.bound.extend(own.filter_map(|param| match param {
            GenericParam::Lifetime(param) => Some(param.lifetime.clone()),
            _ => None,
        }));
        visit_mut::visit_trait_bound_mut(self, bound);
        self.bound.truncate(outer);
    }

    // The elided lifetimes of a function type are its own.
    fn visit_type_fn_ptr_mut(&mut self, _: &mut syn::TypeFnPtr) {}
    fn visit_parenthesized_generic_arguments_mut(
        &mut self,
        _: &mut syn::ParenthesizedGenericArguments,
    ) {
    }
}
