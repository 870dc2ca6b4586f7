//! Measurements of time beside other load: each round measures every entrant once.

/// Measures the entrants in turn in each of `rounds` rounds, and returns the ratios of each to the one at index `base`
/// in the same round, as the median and the quartiles. A dash stands for an absent entrant, or for an absent base.
///
/// Each round starts with another entrant, so that none of them always runs after the same one.
///
/// # Panics
///
/// Panics if there is no index `base`.
pub fn ratios<E>(
    rounds: usize,
    entrants: &[Option<E>],
    base: usize,
    seconds: impl Fn(&E) -> f64,
) -> Vec<String> {
    let mut ratios = vec![Vec::new(); entrants.len()];
    for round in 0..rounds {
        let mut times = vec![None; entrants.len()];
        for offset in 0..entrants.len() {
            let index = (round + offset) % entrants.len();
            times[index] = entrants[index].as_ref().map(&seconds);
        }
        for (ratios, &time) in ratios.iter_mut().zip(&times) {
            ratios.extend(time.zip(times[base]).map(|(time, base)| time / base));
        }
    }
    ratios.iter_mut().map(|ratios| summary(ratios)).collect()
}

fn summary(ratios: &mut [f64]) -> String {
    if ratios.is_empty() {
        return "-".to_owned();
    }
    ratios.sort_by(f64::total_cmp);
    let [low, median, high] = [1, 2, 3].map(|quarter| ratios[quarter * (ratios.len() - 1) / 4]);
    format!("{median:.2} ({low:.2}-{high:.2})")
}
