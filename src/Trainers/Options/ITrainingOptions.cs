namespace MlNetRnn.Options;

/// <summary>Options of a trainer whose training an experiment may follow, end and seed.</summary>
internal interface ITrainingOptions
{
    /// <summary>How the network learns.</summary>
    RnnTrainingOptions Training { get; }

    /// <summary>The same options with another training.</summary>
    object With(RnnTrainingOptions training);
}
