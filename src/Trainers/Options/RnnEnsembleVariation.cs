namespace MlNetRnn;

/// <summary>How the networks of an ensemble differ that one trainer trains.</summary>
public enum RnnEnsembleVariation
{
    /// <summary>
    /// Each network has another seed: other first weights, another order of the rows, and, without a validation set, another share of the rows that selects the
    /// best epoch.
    /// </summary>
    Seeds,

    /// <summary>
    /// As <see cref="Seeds"/>, and the training rows are divided into as many parts as there are networks: each network is trained on all parts but one, which
    /// selects its best epoch (cross-validation). Every row is used for training by all networks but one. Not possible with a validation set, which an
    /// experiment sets.
    /// </summary>
    Folds,
}
