"""The demonstration's words, French beside English, one file a subject. Facts from TERRITORY's sources, dated."""
