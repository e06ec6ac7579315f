import './git.css';
import './diff.css';
